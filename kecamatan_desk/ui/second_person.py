"""The strip in which a second person agrees at the first one's PC, or his signature is entered.

    pane = SecondPersonPane(context)      # above the bar of deeds
    pane.ask(proposal_id, "Batalkan nomor 012")
    …F12 or Enter: pane.submit(); pane.agreed tells what came of it

Nobody is signed out by it. What is typed stays when it is refused, but the secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.ui.field_edits import CalmCombo, LineField
from kecamatan_desk.ui.parts import Button, col, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.usecases.agreements import PAPER, PHONE
from kecamatan_desk.usecases.approval_values import Consented, SecondPerson
from kecamatan_desk.usecases.deciders import deciders
from kecamatan_desk.usecases.people_values import Official
from kecamatan_desk.usecases.second_person import (
    agree_on_the_spot,
    record_on_paper,
    who_may_agree,
)
from kecamatan_desk.usecases.values import RecordedDecision
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_HERE = "di-tempat"
#: Way, its words, the same for large text, and what F12 is called.
_WAYS = (
    (_HERE, "Di tempat, dengan PIN atau kata sandinya", "Di tempat", "Setujui di tempat"),
    (PAPER, "Tanda tangan di kertas", "Di kertas", "Catat persetujuan"),
    (PHONE, "Lewat telepon", "Telepon", "Catat persetujuan"),
)
_PIN_LENGTH, _LONGEST = 6, 128
_OFFICIAL, _SECRET, _WHEN = 320, 200, 132  # px at 100 %
_DAY = Field("tanggal", "Tanggal", FieldKind.DATE, required=True)
_HOUR = Field("jam", "Pukul", FieldKind.TIME, required=True)


class SecondPersonPane(QFrame):
    """Who agrees, and how he shows that it is he.

    Signals:
        turned: Another way is on, so F12 has other words.
        agreed: He has agreed (a `Consented`); the strip is closed.
        closed: It was closed without.
    """

    turned = Signal()
    agreed = Signal(object)
    closed = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._proposal: int | None = None
        self._op_id = new_op_id()
        self._busy = False
        self.sent: int | None = None  # the proposal whose answer is awaited, or came last
        self._by_pin = True
        self._persons: tuple[SecondPerson, ...] = ()
        self._signers: tuple[tuple[Role, Official], ...] = ()
        self._asked_day: date | None = None
        self.title = label("", "bodyb", wrap=True)
        self.close_button = Button("Tidak jadi", "Esc", "link", name="second-close")
        self.radios = [
            QRadioButton(short if look().folded else words) for _way, words, short, _deed in _WAYS
        ]
        self._group = QButtonGroup(self)
        for place, radio in enumerate(self.radios):
            radio.setObjectName(f"second-way-{_WAYS[place][0]}")
            self._group.addButton(radio, place)
        self.official = CalmCombo()
        self.official.setObjectName("second-official")
        self.official.setAccessibleName("Pejabat yang menyetujui, wajib")
        self.secret = QLineEdit()
        self.secret.setObjectName("second-secret")
        self.secret.setAccessibleName("PIN pejabat, wajib")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.other_way = Button("Pakai kata sandi", kind="link", name="second-other-way")
        self.day, self.hour = LineField(_DAY), LineField(_HOUR)
        self.problem = label("", "caption", "late", wrap=True)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        px = look().px
        self.setProperty("plane", "surface")
        self.setProperty("edge", "top")
        self._caption = label("Pejabat", "caption", "muted")
        self._caption.setBuddy(self.official)
        self._secret_caption = label("PIN", "caption", "muted")
        self._secret_caption.setBuddy(self.secret)
        self.official.setMinimumWidth(px(_OFFICIAL))
        self.secret.setFixedWidth(px(_SECRET))
        who = col(self._caption, self.official, None, gap=S1)
        self._secret_box = col(
            row(self._secret_caption, None), row(self.secret, self.other_way, None), None, gap=S1
        )
        moments = [col(edit) for edit in (self.day, self.hour)]
        for one in moments:
            one.setFixedWidth(px(_WHEN))
        self._when_box = col(row(*moments, None, gap=S3), None, gap=0)
        pieces = (who, self._secret_box, self._when_box)
        below = col(*pieces, gap=S2) if look().folded else row(*pieces, None, gap=S4)
        ways = row(*self.radios, None, gap=S3 if look().folded else S5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(px(side) for side in (S5, S3, S5, S3)))
        layout.setSpacing(px(S2))
        layout.addWidget(row((self.title, 1), self.close_button))
        for piece in (ways, below, self.problem):
            layout.addWidget(piece)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close_up)
        self._group.idClicked.connect(self._turn)
        self.official.currentIndexChanged.connect(self._note_official)
        self.official.activated.connect(self._begin_anew)
        self.secret.textEdited.connect(self._forgive)
        self.secret.returnPressed.connect(self.submit)
        self.other_way.clicked.connect(self._change_secret)
        self.day.edited.connect(self._note_when)
        self.hour.edited.connect(self._note_when)

    # What a screen asks

    @property
    def is_open(self) -> bool:
        """Whether somebody is being asked."""
        return self._proposal is not None

    @property
    def deed_words(self) -> str:
        """What F12 is called now."""
        return _WAYS[self._place][3]

    def ask(self, proposal_id: int, title: str, *, by_phone: bool = False) -> None:
        """Ask for the agreement to a proposal; ``by_phone``: it may be given by telephone."""
        self._proposal, self._op_id, self._busy = proposal_id, new_op_id(), False
        self._persons, self._signers, self._asked_day = (), (), None
        self.title.setText(f"Persetujuan pejabat: {title}")
        self.setAccessibleName(self.title.text())
        records = Role.REGISTER in self._context.user.roles
        for radio, (way, *_words) in zip(self.radios, _WAYS, strict=True):
            radio.setVisible(way == _HERE or (records and (way == PAPER or by_phone)))
        self.radios[0].setChecked(True)
        self.secret.clear()
        self.day.set_value(today(self._context).isoformat(), filled=True)
        self.hour.set_value(None)
        self._context.background.job(self._take_persons, who_may_agree, proposal_id)
        self._turn(0)
        self.show()

    @Slot()
    def submit(self) -> None:
        """F12, Enter: let him agree, or enter that he did."""
        if self._proposal is None or self._busy:
            return
        if problem := self._missing():
            self._say(problem)
            return
        self._busy, self.sent = True, self._proposal
        background, way = self._context.background, _WAYS[self._place][0]
        if way == _HERE:
            person = self._persons[self.official.currentIndex()]
            background.command_job(
                self._done,
                agree_on_the_spot,
                self._op_id,
                self._proposal,
                person.user_id,
                self.secret.text(),
                by_pin=self._by_pin,
            )
            return
        decision = self._decision()
        background.command_job(
            self._done, record_on_paper, self._op_id, self._proposal, decision, way
        )

    def refuse(self, message: str, field: str | None) -> bool:
        """Show a refusal here, when it is about what was sent from here; the rest stays typed."""
        if not self._busy:
            return False
        self._busy = False
        self.secret.clear()
        self._say(message)
        if field == "tanggal":
            self.day.set_state("error")
        elif self._here:
            self._ask_secret()
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def close_up(self) -> None:
        """Close without an agreement."""
        if self._proposal is not None:
            self._forgive("")
            self._end()
            self.closed.emit()

    def first_focus(self) -> QWidget:
        """Give where the keyboard begins: the official, or his secret where there is only one."""
        return self.secret if self._here and len(self._persons) == 1 else self.official

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another person's secret is not kept behind the door, nor behind another screen."""
        self.secret.clear()
        super().hideEvent(event)

    # Inside

    @property
    def _place(self) -> int:
        return max(self._group.checkedId(), 0)

    @property
    def _here(self) -> bool:
        return _WAYS[self._place][0] == _HERE

    def _missing(self) -> str:
        """Say what must still be given; "" when nothing is missing."""
        if self.official.currentIndex() < 0:
            return (
                "Tidak ada pejabat lain yang dapat menyetujui di sini hari ini. Catat tanda "
                "tangannya di kertas, atau mintalah Administrator mencatat penunjukan pada Pejabat."
            )
        if self._here:
            return "" if self.secret.text() else f"{self._secret_caption.text()} belum diketik."
        for edit in (self.day, self.hour):
            if edit.value() is None:
                edit.set_state("error")
                edit.setFocus(Qt.FocusReason.TabFocusReason)
                return edit.problem() or f"{edit.field.label} belum diisi. Salin dari kertasnya."
        return ""

    def _decision(self) -> RecordedDecision:
        role, official = self._signers[self.official.currentIndex()]
        day, hour = date.fromisoformat(self.day.value()), time.fromisoformat(self.hour.value())
        at = datetime.combine(day, hour, tzinfo=self._context.zone)
        return RecordedDecision(official.user_id, role, at.astimezone(UTC))

    def _done(self, consented: Consented) -> None:
        if self._proposal == self.sent:  # else another has been asked about meanwhile
            self._end()
        self.agreed.emit(consented)

    def _end(self) -> None:
        self._proposal, self._busy = None, False
        self.secret.clear()
        self.hide()

    def _take_persons(self, persons: tuple[SecondPerson, ...]) -> None:
        self._persons = persons
        if self._here:
            self._show_officials()
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_signers(self, found: tuple[tuple[Role, Official], ...]) -> None:
        known = {one.user_id for one in self._persons}
        day = self._asked_day
        # of today's officials only those who may; of another day all, and the use-case looks
        same_day = day == today(self._context)
        self._signers = tuple(one for one in found if not same_day or one[1].user_id in known)
        if not self._here:
            self._show_officials()

    def _show_officials(self) -> None:
        chosen = self.official.currentText()
        names: Sequence[str] = (
            [f"{one.name} ({one.office})" for one in self._persons]
            if self._here
            else [f"{one.name} ({role.short})" for role, one in self._signers]
        )
        self.official.clear()
        self.official.addItems(list(names))
        self.official.setCurrentIndex(max(self.official.findText(chosen), 0 if names else -1))
        self._ask_secret()

    @Slot(int)
    def _turn(self, _place: int) -> None:
        self._forgive("")
        self._secret_box.setVisible(self._here)
        self._when_box.setVisible(not self._here)
        self._show_officials()
        if not self._here:
            self._ask_signers()
        self.turned.emit()

    @Slot(int)
    def _note_official(self, _place: int) -> None:
        self._ask_secret()

    @Slot(int)
    def _begin_anew(self, _place: int) -> None:
        """Another was chosen: neither what was typed nor what was wrong is his."""
        self.secret.clear()
        self._forgive("")
        self._ask_secret()

    def _ask_secret(self) -> None:
        """Ask for the PIN where it is enough, else for the password."""
        place = self.official.currentIndex()
        person = self._persons[place] if self._here and 0 <= place < len(self._persons) else None
        self._by_pin = person is not None and person.pin_open
        self.other_way.setVisible(self._by_pin)
        self._show_secret()
        if person is not None and not person.has_password:
            self._say(
                f"{person.name} tidak mempunyai kata sandi di program ini. Catat tanda tangannya "
                "di kertas."
            )

    @Slot()
    def _change_secret(self) -> None:
        self._by_pin = False
        self.other_way.hide()
        self._show_secret()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_secret(self) -> None:
        words = "PIN" if self._by_pin else "Kata sandi"
        self._secret_caption.setText(words)
        self.secret.setAccessibleName(f"{words} pejabat, wajib")
        self.secret.setMaxLength(_PIN_LENGTH if self._by_pin else _LONGEST)

    @Slot(str)
    def _note_when(self, code: str) -> None:
        self._forgive("")
        self.day.set_state("")
        self.hour.set_state("")
        if code == "tanggal":
            self._ask_signers()

    def _ask_signers(self) -> None:
        day = self.day.value()
        if day is None or Role.REGISTER not in self._context.user.roles:
            return
        self._asked_day = date.fromisoformat(day)
        self._context.background.query(self._take_signers, deciders, OFFICIALS, self._asked_day)

    @Slot(str)
    def _forgive(self, _text: str) -> None:
        if self.problem.text():
            self._context.messages.settled.emit()
        self._say("")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        restyle(self.secret, state="error" if problem and self._here else "")
