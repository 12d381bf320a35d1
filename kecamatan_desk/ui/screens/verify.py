"""Periksa Surat: a letter's code is scanned, and the screen says what it is worth."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.proof import LONGEST
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.facts_card import FactsCard
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, col, label, pic, restyle, row
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5, S6
from kecamatan_desk.usecases.proof import KeyRow, keys, notice_pdf
from kecamatan_desk.usecases.verifying import Verdict, Verification, verify

_WIDE = 760  # px at 100 %: no line of text runs over the whole screen
_HINT = "Pindai kode di kiri bawah surat. Pemindai menekan Enter sendiri."
#: State (colour) and icon of each verdict; what is not here is a plain no.
_LOOKS = {
    Verdict.IN_FORCE: ("ok", "circle-check"),
    Verdict.NOT_HANDED: ("warn", "triangle-alert"),
    Verdict.REPLACED: ("late", "history"),
    Verdict.VOID: ("late", "ban"),
    Verdict.SLIP: ("rest", "info"),
    Verdict.NOT_OURS: ("rest", "circle-help"),
    Verdict.BROKEN: ("rest", "circle-help"),
    Verdict.OTHER_MODE: ("warn", "graduation-cap"),
}
_NO = ("late", "circle-x")


class VerifyScreen(Screen):
    """One field, a verdict, what the register knows; the print of the key below."""

    TITLE = "Periksa Surat"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._request: int | None = None
        self.field = QLineEdit()
        self.field.setObjectName("code-field")
        self.field.setAccessibleName("Kode surat")
        self.field.setPlaceholderText("KD1:…")
        self.field.setMaxLength(LONGEST)
        self.icon = pic("circle-check", "ok", 40)
        self.verdict = label("", "title")
        self.reason = label("", wrap=True)
        self.facts = FactsCard()
        self.answer = self._answer()
        self.print_of_key = label("", "bodyb", wrap=True)
        self.key_note = label("", "caption", "muted", wrap=True)
        self.open_button = Button("Buka berkas", "F5", "plain", "folder-open", name="open-file")
        self.notice_button = Button(
            "Cetak pengumuman", "F7", "plain", "printer", name="print-notice"
        )
        self.check_button = Button("Periksa", "F12", "primary", name="verify")
        self._lay_out()
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self.check)
        self.check_button.clicked.connect(self.check)
        self.open_button.clicked.connect(self._open)
        self.notice_button.clicked.connect(self._ask_notice)

    def _answer(self) -> QFrame:
        words = col(self.verdict, self.reason, gap=S1)
        icon = col(self.icon, None, gap=0)
        top = row(icon, (words, 1), gap=S4, pad=(S5, S4, S5, S4))
        top.setProperty("chip", "rest")
        self.ground = top
        frame = col(top, self.facts, gap=S3)
        frame.hide()
        return frame

    def _lay_out(self) -> None:
        hint = label(_HINT, ink="muted", wrap=True)
        hint.setBuddy(self.field)
        key = col(
            label("Sidik kunci kantor", "captionb", "muted"),
            self.print_of_key,
            self.key_note,
            gap=S1,
            pad=(S4, S3, S4, S3),
            card="true",
        )
        body = col(
            label(self.TITLE, "title"),
            hint,
            self.field,
            f"~{S2}",
            self.answer,
            f"~{S4}",
            key,
            None,
            gap=S2,
        )
        body.setMaximumWidth(look().px(_WIDE))
        inside = row((body, 1), pad=(S6, S5, S6, S5), plane="bg")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll_area(inside), 1)
        layout.addWidget(action_bar(self.notice_button, None, self.open_button, self.check_button))
        self.open_button.setEnabled(False)

    # What the shell asks

    def reload(self) -> None:
        self.background.job(self._show_keys, keys)

    def first_focus(self) -> QWidget | None:
        return self.field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """However the keyboard comes back to the field, what is scanned next replaces the old."""
        if isinstance(event, QFocusEvent) and watched is self.field:
            by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
            if event.gotFocus() and not by_mouse:
                self.field.selectAll()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """What one visitor's letter said is not for the next one."""
        self.field.clear()
        self.answer.hide()
        self._note_request(None)

    # Checking

    @Slot()
    def check(self) -> None:
        """F12, Enter: judge what was scanned."""
        if self.field.text().strip():
            self.background.query(self._show, verify, self.field.text())
        else:
            self.complain("Belum ada kode. Pindai kode di kiri bawah surat, lalu tekan Enter.")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()  # the next scan takes its place

    def _show(self, told: Verification) -> None:
        state, icon = _LOOKS.get(told.verdict, _NO)
        self.icon.show_icon(icon, state)
        self.verdict.setText(told.title)
        restyle(self.verdict, ink=state)
        self.reason.setText(told.reason)
        restyle(self.ground, chip=state)
        self.ground.setAccessibleName(f"{told.title}. {told.reason}")
        self.facts.show_facts(_facts(told))
        self.answer.show()
        self.settle()  # a refused scan before this one must not stand under its answer
        self._note_request(told.request_id)

    def _note_request(self, request_id: int | None) -> None:
        self._request = request_id
        self.open_button.setEnabled(request_id is not None)

    @Slot()
    def _open(self) -> None:
        if self._request is not None:
            self.open_request(self._request)

    # The key

    def _show_keys(self, rows: tuple[KeyRow, ...]) -> None:
        used = next(row for row in rows if row.in_use)
        self.print_of_key.setText(used.fingerprint)
        older = f" Kunci lama: {len(rows) - 1}, tetap membuktikan." if len(rows) > 1 else ""
        self.key_note.setText(
            f"Dipakai sejak {long_date(used.since)}. Harus sama dengan yang di papan pengumuman."
            + older
        )

    @Slot()
    def _ask_notice(self) -> None:
        self.background.job(self._print_notice, notice_pdf)

    def _print_notice(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "pengumuman", "Pengumuman keaslian surat")


def _facts(told: Verification) -> list[tuple[str, str]]:
    """Give what the paper in hand must bear, and what became of it."""
    known, claim = told.registered, told.claim
    if known is None or claim is None:
        return []
    version = [("Versi", f"{known.version}, yang terbaru {known.newest}")]
    return [
        ("Nomor surat", known.number or "tanpa nomor"),
        ("Tanggal", long_date(known.day)),
        ("Surat", known.paper),
        ("Inisial pemohon", claim.initials or "tidak dimuat"),
        ("NIK berakhir", claim.last_four or "tidak dimuat"),
        ("Kode berkas", known.file_code),
        *(version if known.newest > 1 else ()),
        ("Menurut register", known.fate),
    ]
