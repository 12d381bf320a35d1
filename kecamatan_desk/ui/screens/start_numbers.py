"""Penomoran: how the year groups its numbers, what comes next, and going on from a paper book."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.field_choices import ChoiceField
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, action_bar, box, col, heading, label
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import scrolled
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.number_values import Numbering, SeriesState
from kecamatan_desk.usecases.reserving import numbering, set_start
from kecamatan_desk.usecases.series import BY_CODE, CODE, MODES
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_WIDE = 420  # px at 100 %
_ROWS = 30 + 4 * 36  # px at 100 %: of the table, at least, in large text
_LOST = 5  # the column that shows only after a disk was lost
_HELP = (
    "Dipakai satu kali, bila kantor mulai memakai program di tengah tahun: ketik nomor surat "
    "terakhir yang tertulis di buku kertas. Nomor berikutnya melanjutkan dari sana, dan buku "
    "mencatat bahwa nomor sebelumnya ada di buku kertas. Sekali ditetapkan, nomor awal seri itu "
    "tidak dapat diubah lagi."
)
_FIELDS = (
    Field("series", "Seri nomor", FieldKind.CHOICE, required=True, span=12),
    Field("last", "Nomor terakhir pada buku kertas", FieldKind.NUMBER, required=True, span=8),
)
_OTHER_CODE = Field("code", "Kode klasifikasi lain", length=30, span=8)


class StartPanel(QFrame):
    """Go on from a paper book: the series that have no number yet, and the last one on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._by_label: dict[str, str] = {}
        self._coded = False
        self.form = FieldsForm((Section("Lanjut dari buku kertas", (*_FIELDS, _OTHER_CODE)),))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S2))
        layout.addWidget(self.form)
        layout.addWidget(label(_HELP, "caption", "muted", wrap=True))
        layout.addStretch(1)
        self.form.field("code").hide()

    def show_series(self, stands: Numbering) -> None:
        """Offer the series that have not given a number yet."""
        self._by_label = {one.label: one.series for one in stands.series if one.may_begin}
        self._coded = stands.mode == BY_CODE
        field = self.form.field("series")
        assert isinstance(field, ChoiceField)
        field.offer(tuple(self._by_label))
        self.form.field("code").setVisible(self._coded)

    def choose(self, name: str) -> None:
        """Take the series whose row was chosen; one that has begun already leaves none chosen."""
        self.form.set_values({"series": name if name in self._by_label else None})

    def named(self, series: str) -> str:
        """Give the name of a series as it is offered, or its code."""
        names = {one: name for name, one in self._by_label.items()}
        return names.get(series, series.removeprefix(CODE))

    def typed(self) -> tuple[str, int] | None:
        """Give series and last number; None where something is missing, said at its field."""
        if not self.form.check():
            return None
        values = self.form.values()
        code = values.get("code", "") if self._coded else ""
        series = CODE + code if code else self._by_label.get(values.get("series", ""), "")
        if not series:
            self.form.show_error("series", "Pilih seri nomornya dahulu.")
            return None
        if values.get("last") is None:
            self.form.show_error("last", "Ketik nomor terakhir pada buku kertas.")
            return None
        return series, int(values["last"])

    def clear(self) -> None:
        """An empty form."""
        self.form.set_values({"series": None, "last": None, "code": None})


class NumberingScreen(Screen):
    """The series of the year on the left, the start number on the right."""

    TITLE = "Penomoran"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._busy = False
        self.mode = label("", "bodyb", wrap=True)
        self.model = RecordTableModel(
            (
                Column("Seri", _label, 0, tip=True),
                Column("Nomor terakhir", _last, 120, right=True),
                Column("Berikutnya", _coming, 104, right=True),
                Column("Buku kertas", _paper, 120, right=True),
                Column("Cadangan", _reserved, 96, right=True),
                Column("Data hilang", _lost, 104, right=True),
            ),
            self,
        )
        self.table = record_table(self.model, "Seri nomor tahun ini")
        self.table.setObjectName("series")
        self.panel = StartPanel()
        self.start_button = Button("Tetapkan nomor awal", "F12", "primary", "save", name="start")
        self._lay_out()
        self.start_button.clicked.connect(self.set_start)
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._choose)
        self._name = ""  # of the series that was sent

    def _lay_out(self) -> None:
        note = col(self.mode, gap=S2, pad=(S5, S3, S5, S3))
        left = col(heading(self.TITLE), note, (self.table, 1), gap=0, plane="surface")
        right = col(
            heading("Nomor awal"),
            (col(self.panel, gap=S2, pad=(S5, S3, S5, S3)), 1),
            gap=0,
            plane="surface",
            edge="left",
        )
        if not look().folded:
            right.setFixedWidth(look().px(_WIDE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = box(look().folded, (left, 1), (right, 0), gap=0)
        if look().folded:  # large text: one below the other, and all of it scrolls
            self.table.setMinimumHeight(look().px(_ROWS))
            layout.addWidget(scrolled(body), 1)
        else:
            layout.addWidget(body, 1)
        layout.addWidget(action_bar(None, self.start_button))

    def reload(self) -> None:
        self.background.query(self._take, numbering)

    def first_focus(self) -> QWidget | None:
        return self.table

    def refusal(self, message: str, field: str | None) -> None:
        if self._busy:
            self._busy = False
            self.panel.form.show_error(field or "", message)

    def _take(self, stands: Numbering) -> None:
        self.mode.setText(
            f"Tahun {stands.year}: {MODES[stands.mode].lower()}. Cara ini berlaku sampai akhir "
            "tahun; cara lain dipilih saat buku tahun berikutnya dibuka pada Tutup Buku."
        )
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_records(stands.series)
        self.table.setColumnHidden(_LOST, not any(state.lost for state in stands.series))
        if stands.series:
            self.table.setCurrentIndex(self.model.index(min(place, len(stands.series) - 1), 0))
        self.panel.show_series(stands)

    @Slot(QModelIndex)
    def _choose(self, row: QModelIndex) -> None:
        """A click or Enter on a row fills in its series and goes on to the number."""
        if row.isValid():
            self.panel.choose(self.model.records[row.row()].label)
            self.panel.form.field("last").editor.setFocus()

    @Slot()
    def set_start(self) -> None:
        """F12: the series goes on behind the number typed, after asking: it stays so."""
        typed = None if self._busy else self.panel.typed()
        if typed is None:
            return
        self._name = self.panel.named(typed[0])
        if confirm.ask(
            self,
            f"Nomor awal seri {self._name}",
            f"Surat berikutnya dalam seri {self._name} bernomor {typed[1] + 1}; nomor 1 sampai "
            f"{typed[1]} dicatat ada di buku kertas. Ini tidak dapat diubah lagi. Cocokkan dengan "
            "buku kertasnya.",
            "Ya, tetapkan",
        ):
            self._busy = True
            self.background.command(self._started, set_start, self._op_id, *typed)

    def _started(self, coming: int) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.panel.clear()
        self.say(
            f"Nomor awal ditetapkan: surat berikutnya dalam seri {self._name} bernomor {coming}."
        )


def _label(state: SeriesState) -> str:
    return state.label


def _last(state: SeriesState) -> str:
    return f"{state.last:03d}" if state.last else "–"


def _coming(state: SeriesState) -> str:
    return f"{state.coming:03d}"


def _paper(state: SeriesState) -> str:
    return f"1 s.d. {state.paper}" if state.paper else "–"


def _reserved(state: SeriesState) -> str:
    return str(state.reserved) if state.reserved else "–"


def _lost(state: SeriesState) -> str:
    return str(state.lost) if state.lost else "–"
