"""Cetak di komputer ini: printer, paper and margins of each kind of document, and a test page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from kecamatan_desk.documents.paper_sizes import short_name
from kecamatan_desk.documents.profiles import DEFAULTS, PAPERS, Profile, Use
from kecamatan_desk.documents.test_page import TestPage, draw_test_page
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.length_field import LengthField
from kecamatan_desk.ui.pages import TabStrip
from kecamatan_desk.ui.parts import Button, action_bar, col, heading, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.admin_parts import scrolled
from kecamatan_desk.ui.sheet_picture import SheetPicture
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5

_USES: tuple[tuple[Use, str], ...] = (
    ("surat", "Surat"),
    ("buku", "Buku register"),
    ("slip", "Slip loket"),
    ("tiket", "Tiket antrian"),
)
_MARGINS = (("top", "Atas"), ("bottom", "Bawah"), ("left", "Kiri"), ("right", "Kanan"))
_ASK = "Tanyakan saat mencetak"
_FIXED = {
    "surat": "",
    "buku": "Batas buku tetap: 25 mm di kiri untuk jilid, 10 mm di kanan. Kolom buku resmi mengisi "
    "seluruh lebar kertas. Buku dicetak mendatar pada satu muka.",
    "slip": "Batas slip tetap. Pada kertas utuh dimuat dua lembar, dipotong di tengah; slip yang "
    "panjang memakai kertas utuh.",
    "tiket": "Batas tiket tetap. Tanpa pencetak tiket, pilih A4 atau F4: tiket menempati "
    "seperempat lembar, tinggal dipotong.",
}


class PrintProfilesScreen(Screen):
    """What is chosen holds at once, at this PC only; papers already stored stay as they are."""

    TITLE = "Cetak di komputer ini"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._printing = context.printing
        self._names: tuple[str, ...] = ()  # of the printers
        self._filling = False
        self._shown: Use = "surat"  # whose lengths are in the fields
        self.uses = TabStrip()
        self.uses.setAccessibleName("Jenis dokumen")
        self.uses.setObjectName("print-uses")
        self.uses.setDrawBase(False)
        self.uses.setExpanding(False)
        for _use, words in _USES:
            self.uses.addTab(words)
        self.printer, self.paper = CalmCombo(), CalmCombo()
        self.printer.setObjectName("profile-printer")
        self.paper.setObjectName("profile-paper")
        self.lengths = {code: LengthField(code, words) for code, words in _MARGINS}
        self.offset = LengthField("offset", "Teks mulai dari tepi atas kertas")
        self.berkop = QCheckBox("Kertas berkop (dicetak tanpa kop)")
        self.berkop.setObjectName("profile-berkop")
        self.problem = label("", "bodyb", "late", wrap=True)
        self.fixed = label("", ink="muted", wrap=True)
        self.picture = SheetPicture()
        self.test_button = Button(
            "Cetak halaman uji", "F7", "primary", "printer", name="print-test-page"
        )
        self.save_button = Button(
            "Simpan halaman uji (PDF)", "F8", "plain", "download", name="save-test-page"
        )
        self.default_button = Button(
            "Kembalikan ke awal", "F6", "plain", "undo-2", name="default-profile"
        )
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self._margins = row(*((edit, 1) for edit in self.lengths.values()), None, gap=S3)
        self.offset.setFixedWidth(look().px(230))
        self._kop = row(self.offset, None)
        self._letter = col(
            label("Batas teks, dalam milimeter", "bodyb"),
            self._margins,
            self.problem,
            "~4",
            self.berkop,
            self._kop,
            gap=S2,
        )
        inside = col(
            _named("Pencetak", self.printer),
            _named("Kertas", self.paper),
            "~4",
            self._letter,
            self.fixed,
            None,
            gap=S3,
            pad=(S5, S4, S5, S4),
        )
        note = label(
            "Garis putus-putus: batas teks. Semua kertas digambar dengan skala yang sama.",
            "caption",
            "muted",
            wrap=True,
        )
        side = col((self.picture, 1), note, gap=S2, pad=(S4, S3, S4, S3), plane="bg", edge="left")
        side.setFixedWidth(look().px(400))
        if look().folded:
            side.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading(self.TITLE, "langsung berlaku, hanya di komputer ini"))
        tabs = row((self.uses, 1), pad=(S4, 0, S4, 0), plane="surface", edge="bottom")
        layout.addWidget(tabs)
        layout.addWidget(row((scrolled(inside), 1), side, gap=0), 1)
        layout.addWidget(self._bar())

    def _bar(self) -> QFrame:
        if look().folded:  # large text: the way back is seldom needed
            self.default_button.setParent(self)
            self.default_button.hide()
            self.save_button.set_words("Simpan PDF")
            return action_bar(self.save_button, None, self.test_button)
        return action_bar(self.default_button, None, self.save_button, self.test_button)

    def _connect(self) -> None:
        self.uses.currentChanged.connect(self._turn)
        self.printer.currentIndexChanged.connect(self._choose_printer)
        self.paper.currentIndexChanged.connect(self._choose_paper)
        self.berkop.toggled.connect(self._choose_berkop)
        for edit in (*self.lengths.values(), self.offset):
            edit.edited.connect(self._note_typing)
            edit.left.connect(self._note_left)
            edit.editor.returnPressed.connect(self.keep_typed)
        self.test_button.clicked.connect(self.print_test_page)
        self.save_button.clicked.connect(self.save_test_page)
        self.default_button.clicked.connect(self.restore_default)

    # What the shell asks

    def reload(self) -> None:
        self._printing.ask_printers(self._take_printers)

    def first_focus(self) -> QWidget | None:
        return self.uses

    # What is shown

    @property
    def use(self) -> Use:
        """The kind of document in hand."""
        return _USES[max(self.uses.currentIndex(), 0)][0]

    @property
    def profile(self) -> Profile:
        """The profile in hand, as it is kept."""
        return self._printing.profile(self.use)

    @Slot(int)
    def _turn(self, _place: int) -> None:
        self.keep_typed()
        self._show()

    def _show(self) -> None:
        """Show what is kept for the kind in hand."""
        self._filling = True
        use, profile = self.use, self.profile
        self._shown = use
        self.paper.clear()
        for paper in PAPERS.values():
            if use in paper.uses:
                self.paper.addItem(paper.label, paper.code)
        self.paper.setCurrentIndex(self.paper.findData(profile.paper))
        self._show_printers()
        for code, edit in self._edits().items():
            edit.set_value(getattr(profile, code))
        self.berkop.setChecked(profile.preprinted)
        self._letter.setVisible(use == "surat")
        self.fixed.setText(_FIXED[use])
        self.fixed.setVisible(use != "surat")
        self._filling = False
        self._refresh()

    def _refresh(self) -> None:
        """Draw the sheet anew, and say what is wrong with what is typed."""
        self._kop.setVisible(self.berkop.isChecked())
        edits = [edit for edit in self._edits().values() if edit.problem()]
        wrong = edits[0].problem() if edits else ""
        self.problem.setText(f"{wrong} Yang lama tetap dipakai." if wrong else "")
        self.problem.setVisible(bool(wrong))
        self.picture.show_profile(self._typed(), self.use)

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._filling = True
        self._show_printers()
        self._filling = False

    def _show_printers(self) -> None:
        kept = self._printing.preferences.printer(self.use)
        self.printer.clear()
        self.printer.addItem(_ASK, "")
        for name in self._names:
            self.printer.addItem(name, name)
        if kept and kept not in self._names:
            self.printer.addItem(f"{kept} (tidak terpasang)", kept)
        self.printer.setCurrentIndex(max(self.printer.findData(kept), 0))

    # What is chosen is kept at once

    def _keep(self, profile: Profile) -> None:
        self._printing.preferences.set_profile(self.use, profile)
        self._refresh()

    @Slot(int)
    def _choose_printer(self, _place: int) -> None:
        if not self._filling:
            self._printing.preferences.set_printer(self.use, self.printer.currentData() or "")

    @Slot(int)
    def _choose_paper(self, _place: int) -> None:
        code = self.paper.currentData()
        if not self._filling and code:
            self._keep(replace(self.profile, paper=code))

    @Slot(bool)
    def _choose_berkop(self, on: bool) -> None:
        if not self._filling:
            self._keep(replace(self.profile, preprinted=on))

    @Slot()
    def keep_typed(self) -> None:
        """Keep the lengths as typed, where they can be: the field is left, or Enter is pressed."""
        profile = self._typed()
        if profile != self._printing.profile(self._shown):
            self._printing.preferences.set_profile(self._shown, profile)
        self._refresh()

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self._refresh()

    @Slot(str)
    def _note_left(self, code: str) -> None:
        """Keep it and show what was understood; what cannot be kept gives way to what is."""
        self.keep_typed()
        self._edits()[code].set_value(getattr(self._printing.profile(self._shown), code))
        self._refresh()

    def leave(self) -> None:
        self.keep_typed()

    def _typed(self) -> Profile:
        """Give the profile with the lengths as typed, where they can be kept."""
        typed = {code: edit.value() for code, edit in self._edits().items()}
        lengths = {code: value for code, value in typed.items() if value is not None}
        return replace(self._printing.profile(self._shown), **lengths)  # type: ignore[arg-type]

    def _edits(self) -> dict[str, LengthField]:
        return {**self.lengths, "offset": self.offset}

    @Slot()
    def restore_default(self) -> None:
        """F6: the paper and margins the program comes with; the printer stays."""
        self._printing.preferences.set_profile(self.use, DEFAULTS[self.use])
        self._show()
        self.say(f"Kertas dan batas {self._words().lower()} kembali seperti semula.")

    # The test page

    @Slot()
    def print_test_page(self) -> None:
        """F7: print the test page of this paper on this printer; without one, save it."""
        self.keep_typed()
        if not self._names:
            self.save_test_page()
            return
        printer = self.printer.currentData() or ""
        if printer not in self._names:
            self.printer.setFocus(Qt.FocusReason.OtherFocusReason)
            self.complain(
                f"Pencetak untuk {self._words().lower()} belum dipilih atau tidak terpasang. "
                "Pilih pencetak, lalu cetak halaman uji."
            )
            return
        self._draw(self._print, printer)

    @Slot()
    def save_test_page(self) -> None:
        """F8: save the test page as PDF, to print it elsewhere."""
        self.keep_typed()
        self._draw(self._save, "")

    def _draw(self, then: Callable[[bytes], object], printer: str) -> None:
        page = TestPage(self.profile, self.use, printer)
        self.background.run(then, draw_test_page, page)

    def _print(self, pdf: bytes) -> None:
        self._printing.print_pdf(self, pdf, self.use, self._title())

    def _save(self, pdf: bytes) -> None:
        self._printing.save_pdf(self, pdf, self._title())

    def _title(self) -> str:
        sheet = self.profile.sheet
        return f"Halaman uji {short_name((sheet.width, sheet.height))}"

    def _words(self) -> str:
        return dict(_USES)[self.use]


def _named(words: str, editor: QWidget) -> QFrame:
    caption = label(words, "caption", "muted")
    caption.setBuddy(editor)
    editor.setAccessibleName(words)
    return col(caption, editor, gap=S1)
