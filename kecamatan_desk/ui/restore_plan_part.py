"""What a backup would bring back and what not, and what only a person can answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import col, label
from kecamatan_desk.ui.restore_words import contents, losses, lower_than_known, series_name
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.usecases.restore_run import RestoreOrder
from kecamatan_desk.usecases.restore_values import RestorePlan, SeriesGap
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_NUMBERS = (
    "Cocokkan dengan buku kertas. Nomor yang sudah ada di kertas tidak akan diberikan lagi, juga "
    "bila datanya hilang."
)
_MISSING = "Lanjutkan tanpa surat yang hilang; suratnya diisi ulang dari arsip kertas"


class PlanPart(QWidget):
    """Contents, losses, the administrator where nobody has proved himself, the last numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._asks_password = False
        self._numbers: FieldsForm | None = None
        self._gaps: Sequence[SeriesGap] = ()
        self._form_place = QVBoxLayout()
        self.holds = label("", wrap=True)
        self.holds.setObjectName("plan-holds")
        self.lacks = label("", "bodyb", "warn", wrap=True)
        self.lacks.setObjectName("plan-lacks")
        self.accept = QCheckBox(_MISSING)
        self.accept.setObjectName("accept-missing")
        self.admin = FieldsForm(
            (
                Section(
                    "Administrator dalam cadangan ini",
                    (
                        Field("username", "Nama pengguna", span=6, length=30),
                        Field("password", "Kata sandi saat itu", span=6, length=128),
                    ),
                ),
            )
        )
        hide_typing(self.admin, "password")
        self._numbers_note = label(_NUMBERS, "caption", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(col(self.holds, self.lacks, self.accept, self.admin, gap=S3))
        layout.addLayout(self._form_place)
        layout.addWidget(self._numbers_note)
        layout.addStretch(1)

    def show_plan(self, plan: RestorePlan, *, asks_password: bool) -> None:
        """Show a plan; what was typed for another is gone."""
        self._asks_password = asks_password
        self.holds.setText(contents(plan))
        told = losses(plan)
        self.lacks.setText(told)
        self.lacks.setVisible(bool(told))
        self.accept.setChecked(False)
        self.accept.setVisible(bool(plan.missing_papers))
        self.admin.setVisible(asks_password)
        self._ask_numbers(plan.asked)

    def _ask_numbers(self, gaps: Sequence[SeriesGap]) -> None:
        if self._numbers is not None:
            self._form_place.removeWidget(self._numbers)
            self._numbers.deleteLater()
            self._numbers = None
        self._gaps = gaps
        self._numbers_note.setVisible(bool(gaps))
        if not gaps:
            return
        fields = tuple(
            Field(gap.key, series_name(gap), FieldKind.NUMBER, span=4, length=7) for gap in gaps
        )
        self._numbers = FieldsForm((Section("Nomor terakhir di buku kertas", fields),))
        self._numbers.set_values({gap.key: gap.known for gap in gaps})
        self._numbers.edited.connect(self._note_lower)
        self._form_place.addWidget(self._numbers)

    @Slot(str)
    def _note_lower(self, _code: str) -> None:
        """Say at once, at its field, that a number below the known one does not count."""
        if self._numbers is None:
            return
        values = self._numbers.values()
        typed = [(gap, values.get(gap.key)) for gap in self._gaps]
        self._numbers.show_notes(
            [
                FieldNote(gap.key, lower_than_known(gap), advice="")
                for gap, last in typed
                if last is not None and int(last) < gap.known
            ]
        )

    def focus_first(self) -> bool:
        """Go to the first field; False when nothing is asked."""
        if self._asks_password:
            self.admin.focus("username")
        elif self._numbers is not None:
            self._numbers.focus_first()
        else:
            return False
        return True

    def order(self) -> RestoreOrder | None:
        """Give what was answered; None when a number cannot be read, which is said at its field."""
        answers: dict[str, int] = {}
        if self._numbers is not None:
            if not self._numbers.check():
                return None
            values = self._numbers.values()
            answers = {code: int(value) for code, value in values.items() if value is not None}
        return RestoreOrder(
            answers,
            self.accept.isChecked() and not self.accept.isHidden(),
            str(self.admin.values().get("username") or "") if self._asks_password else "",
            secret(self.admin, "password") if self._asks_password else "",
        )

    def show_error(self, field: str, message: str) -> bool:
        """Show a refusal at its field; False when it has none here."""
        forms = [form for form in (self._numbers, self.admin) if form is not None]
        return bool(field) and any(form.show_error(field, message) for form in forms)

    def forget(self) -> None:
        """Forget the password that was typed."""
        self.admin.set_values({"password": ""})
