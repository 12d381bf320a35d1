"""What the paper says: which decision, whose paraf, which day, at what time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
)

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import col, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.drawer import Choice
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S6
from kecamatan_desk.usecases.deciders import deciders
from kecamatan_desk.usecases.people_values import Official
from kecamatan_desk.usecases.values import RecordedDecision, RequestView
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

PLACE = "paraf"  # on the pad
_LONGEST = 300  # characters of a reason, as the use-cases keep them
_WHEN = Section(
    "Waktu paraf",
    (
        Field("tanggal", "Tanggal paraf", FieldKind.DATE, required=True, span=12),
        Field("jam", "Pukul", FieldKind.TIME, required=True, span=12),
    ),
)


class ParafPage(QFrame):
    """The page of a decision taken on paper.

    Signals:
        turned: Another decision is on, so F12 has other words.
    """

    turned = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._choices: tuple[Choice, ...] = ()
        self._roles: tuple[Role, ...] = ()
        self._deciders: tuple[tuple[Role, Official], ...] = ()
        self._asked: tuple[tuple[Role, ...], date] | None = None
        self._of: tuple[int, int] | None = None  # the request asked about, and its version
        self._wanted = ""  # the official that was chosen before
        self.radios: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self._radios = col(gap=S1)
        self.reason = QLineEdit()
        self.reason.setObjectName("paraf-reason")
        self.reason.setAccessibleName("Alasan")
        self.reason.setMaxLength(_LONGEST)
        self._reason_caption = label("", "caption", "muted")
        self._reason_caption.setBuddy(self.reason)
        self._reason_problem = label("", "caption", "late")
        self._reason_row = col(
            row(self._reason_caption, self._reason_problem, None), self.reason, gap=S1
        )
        self.official = CalmCombo()
        self.official.setObjectName("paraf-official")
        self.official.setAccessibleName("Pejabat yang memaraf, wajib")
        self.when = FieldsForm((_WHEN,))
        self._lay_out()
        self._group.idClicked.connect(self._turn)
        self.reason.textEdited.connect(self._note_reason)
        self.reason.textEdited.connect(self._keep)
        self._group.idClicked.connect(self._keep)
        self.official.activated.connect(self._keep)
        self.when.edited.connect(self._note_when)

    def _lay_out(self) -> None:
        caption = label("Pejabat", "caption", "muted")
        caption.setBuddy(self.official)
        left = col(
            label("Keputusan pada ceklis", "head"), self._radios, self._reason_row, None, gap=S2
        )
        right = col(
            label("Paraf", "head"), col(caption, self.official, gap=S1), self.when, None, gap=S2
        )
        body = row((left, 1), (right, 1), gap=S6, pad=(S4, S3, S4, S3), plane="surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        layout.addWidget(scroll_area(body))

    # What the screen asks and shows

    def show_request(
        self, view: RequestView, choices: Sequence[Choice], roles: Sequence[Role]
    ) -> None:
        """Ask about a request: the decisions the SOP knows here, and who may have taken them.

        What was being entered for it before, at the same step, is there again.
        """
        self._of = None
        self.show_choices(choices, roles)
        self._of = (view.id, view.version)
        kept = self._context.pad.get(PLACE, view.id)
        if kept is None or kept.get("version") != view.version:
            return
        place = int(kept.get("choice", 0))
        if 0 <= place < len(self.radios):
            self.radios[place].setChecked(True)
            self._turn(place)
        self.reason.setText(str(kept.get("reason", "")))
        self._wanted = str(kept.get("official", ""))
        self.when.show_raw(kept.get("when") or {})
        self._ask_officials()

    @Slot()
    def _keep(self) -> None:
        if self._of is None:
            return
        request_id, version = self._of
        body = {
            "version": version,
            "choice": self._group.checkedId(),
            "reason": self.reason.text(),
            "official": self.official.currentText(),
            "when": self.when.raw(),
        }
        self._context.pad.put(PLACE, request_id, body)

    def forget(self) -> None:
        """It is recorded: nothing of it is kept."""
        if self._of is not None:
            self._context.pad.drop(PLACE, self._of[0])
            self._of = None

    def show_choices(self, choices: Sequence[Choice], roles: Sequence[Role]) -> None:
        """Ask anew: the decisions the SOP knows here, and who may have taken them."""
        self._choices, self._roles, self._asked = tuple(choices), tuple(roles), None
        for radio in self.radios:
            self._group.removeButton(radio)
            radio.hide()
            radio.deleteLater()
        self.radios = []
        layout = self._radios.layout()
        for place, choice in enumerate(self._choices):
            radio = QRadioButton(choice.words)
            radio.setObjectName(f"decision-{place}")
            radio.setChecked(place == 0)
            self._group.addButton(radio, place)
            self.radios.append(radio)
            if layout is not None:
                layout.addWidget(radio)
        self.reason.clear()
        self.official.clear()  # the step's own official comes first again
        self._deciders = ()
        self.when.set_values({"tanggal": today(self._context).isoformat()}, filled=True)
        self.when.set_values({"jam": None})
        self._ask_officials()
        self._turn(0)

    @property
    def choice(self) -> Choice | None:
        """The decision that is on."""
        place = self._group.checkedId()
        return self._choices[place] if 0 <= place < len(self._choices) else None

    def text(self) -> str:
        """Give the reason or note."""
        return self.reason.text().strip()

    def check(self) -> str:
        """Go to what is missing and say so; empty when the paper is told whole."""
        choice = self.choice
        if choice is None:
            return "Pilih keputusan yang tertulis pada ceklis."
        if choice.needed and not self.text():
            self._reason_problem.setText("belum ditulis")
            restyle(self.reason, state="error")
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return f"{choice.text} belum ditulis. Salin dari ceklis."
        if not self._deciders:
            self.when.focus("tanggal")
            return "Tidak ada pejabat langkah ini pada tanggal itu. Periksa tanggal parafnya."
        if not self.when.check():
            return "Tanggal atau jam paraf belum dapat dibaca."
        for code in self.when.missing():
            text = f"{self.when.field(code).field.label} belum diisi. Salin dari ceklis."
            self.when.show_error(code, text)
            return text
        return ""

    def recorded(self) -> RecordedDecision:
        """Give who decided and when; only after `check`."""
        role, official = self._deciders[max(self.official.currentIndex(), 0)]
        values = self.when.values()
        at = datetime.combine(
            date.fromisoformat(values["tanggal"]),
            time.fromisoformat(values["jam"]),
            tzinfo=self._context.zone,
        )
        return RecordedDecision(official.user_id, role, at.astimezone(UTC))

    def focus_first(self) -> None:
        """Go to the decision."""
        if self.radios:
            self.radios[max(self._group.checkedId(), 0)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    # Wiring

    def _ask_officials(self) -> None:
        """Who held the offices on the day of the paraf."""
        day = self.when.values().get("tanggal")
        if not self._roles or day is None:
            return
        wanted = (self._roles, date.fromisoformat(day))
        if wanted != self._asked:
            self._asked = wanted
            self._context.background.query(self._take_officials, deciders, *wanted)

    def _take_officials(self, found: tuple[tuple[Role, Official], ...]) -> None:
        chosen = self._wanted or self.official.currentText()
        self._wanted = ""
        self._deciders = found
        self.official.clear()
        self.official.addItems([f"{one.name} ({role.short})" for role, one in found])
        self.official.setCurrentIndex(max(self.official.findText(chosen), 0 if found else -1))

    @Slot(int)
    def _turn(self, _place: int) -> None:
        choice = self.choice
        wanted = choice is not None and bool(choice.text)
        self._reason_row.setVisible(wanted)
        if choice is not None and wanted:
            must = ", wajib" if choice.needed else ""
            self._reason_caption.setText(choice.text)
            self.reason.setAccessibleName(choice.text + must)
        self._note_reason("")
        self.turned.emit()

    @Slot(str)
    def _note_reason(self, _text: str) -> None:
        self._reason_problem.clear()
        if self.reason.property("state"):
            restyle(self.reason, state="")

    @Slot(str)
    def _note_when(self, code: str) -> None:
        if code == "tanggal":
            self._ask_officials()
        self._keep()
