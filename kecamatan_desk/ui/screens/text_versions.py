"""The versions of a letter text with the ways back, and the language of letter texts on a page."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label
from kecamatan_desk.ui.screens.admin_parts import PickList
from kecamatan_desk.ui.screens.text_side import day_text, side_page
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3
from kecamatan_desk.usecases.letter_texts import TextVersion

_SHA = 12  # figures of a hash that are shown: enough to tell texts apart


class VersionPage(QFrame):
    """What the text was before: who changed it when and why, and the ways back.

    Signals:
        wanted: A `TextVersion` whose text is to be put into the editor.
        program_wanted: The program's own text is to be used again.
    """

    wanted = Signal(object)
    program_wanted = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self.list = PickList("Versi naskah", _version_name, self._version_line, _in_force)
        self.list.setObjectName("versions")
        self.details = label("", "caption", "muted", wrap=True)
        self.back_button = Button(
            "Kembalikan ke versi ini", kind="small", glyph="undo-2", name="restore-version"
        )
        self.program_button = Button(
            "Kembali ke teks bawaan program", kind="small", glyph="history", name="restore-program"
        )
        foot = col(
            self.details,
            self.back_button,
            self.program_button,
            gap=S2,
            pad=(S3, S2, S3, S3),
            edge="top",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side_page((self.list, 1)), 1)
        layout.addWidget(foot)
        self.list.picked.connect(self._show)
        self.list.opened.connect(self._want)
        self.back_button.clicked.connect(self._want)
        self.program_button.clicked.connect(self.program_wanted)
        self.show_versions(())

    def show_versions(self, versions: Sequence[TextVersion]) -> None:
        """Show the versions, the one in force chosen."""
        self.list.show_records(versions, 0 if versions else None)
        self.program_button.setEnabled(bool(versions) and versions[0].own)
        self._show(versions[0] if versions else None)

    @Slot(object)
    def _show(self, version: TextVersion | None) -> None:
        self.back_button.setEnabled(version is not None and self._differs(version))
        self.details.setText(_details(version) if version else "")

    @Slot()
    def _want(self) -> None:
        version = self.list.current
        if version is not None and self._differs(version):
            self.wanted.emit(version)

    def _differs(self, version: TextVersion) -> bool:
        """Tell whether a version has other words than the one in force."""
        in_force: TextVersion = self.list.records.records[0]
        return version.sha256 != in_force.sha256

    def _version_line(self, version: TextVersion) -> str:
        if version.changed_at is None:
            never = "belum pernah diubah kantor"
            return never if version.in_force else "naskah asli, sebelum diubah kantor"
        note = f": {version.note}" if version.note else ""
        return f"{day_text(version.changed_at, self._zone)} {version.changed_by}{note}"


def _version_name(version: TextVersion) -> str:
    name = f"Versi {version.version}" if version.version else "Bawaan program"
    if version.version and not version.own:
        name += ", bawaan program"
    return f"{name}, dipakai" if version.in_force else name


def _in_force(version: TextVersion) -> bool:
    return version.in_force


def _details(version: TextVersion) -> str:
    letters = (
        f"{version.letters} surat dibuat dengan naskah ini"
        if version.letters
        else ("Belum ada surat yang dibuat dengan naskah ini")
    )
    note = f"Catatan: {version.note}. " if version.note else ""
    return f"{note}{letters}. Sidik naskah {version.sha256[:_SHA]}."


# The help

HELP = (
    ("= JUDUL", "Judul di tengah; judul terakhir digarisbawahi, nomor surat di bawahnya."),
    ("Kalimat biasa", "Alinea yang baris pertamanya menjorok."),
    ("> Kalimat", "Alinea yang tidak menjorok."),
    ("- Label | {{nama}}", "Baris isian. Tidak dicetak bila isinya kosong."),
    ("-* Label | {{nama}}", "Baris isian dengan isi tebal."),
    ("## Judul kecil", "Judul kecil, tebal."),
    ("# Butir", "Butir bernomor 1, 2, 3 …"),
    ("{{nama}}", "Diganti dengan isian pemohon. Daftarnya pada tab Isian."),
    ("{{#nama}} … {{/nama}}", "Hanya dicetak bila isian itu ada, atau syarat itu benar."),
    ("{{^nama}} … {{/nama}}", "Hanya dicetak bila isian itu kosong, atau syarat itu tidak benar."),
    (
        "{{#anak}}\n# {{nama}}\n{{/anak}}",
        "Pada baris sendiri: berlaku untuk semua baris di antaranya; untuk isian berbaris, sekali "
        "untuk setiap barisnya.",
    ),
    (
        "[tabel anak]\nNo.=9c | Nama=60\n{{no}} | {{nama}}\n[/tabel]",
        "Tabel: kepala kolom dengan lebar dalam milimeter (c: di tengah, semuanya paling besar "
        "160), lalu satu baris sel.",
    ),
    ("[tembusan]\nKapolsek\n[/tembusan]", "Tembusan, satu baris satu."),
    ("[pihak]\nPihak Kesatu, | {{nama}}\n[/pihak]", "Tempat tanda tangan beberapa orang."),
    ("{{! catatan }}", "Catatan untuk yang mengubah naskah; tidak dicetak."),
)


def help_page() -> QWidget:
    """Give the language of letter texts on one page."""
    inside = QWidget()
    grid = QGridLayout(inside)
    side = look().px(S3)
    grid.setContentsMargins(side, side, side, side)
    grid.setVerticalSpacing(look().px(2))
    first = label(
        "Satu baris naskah menjadi satu bagian surat. Baris kosong hanya pemisah. Kepala surat, "
        "nomor, dan tanda tangan ditambahkan program.",
        "caption",
        wrap=True,
    )
    grid.addWidget(first, 0, 0)
    for place, (form, words) in enumerate(HELP):
        grid.setRowMinimumHeight(3 * place + 1, look().px(S2))
        grid.addWidget(label(form, "bodyb", "accent"), 3 * place + 2, 0)
        grid.addWidget(label(words, "caption", "muted", wrap=True), 3 * place + 3, 0)
    grid.setRowStretch(3 * len(HELP) + 1, 1)
    inside.setProperty("plane", "surface")
    return scroll_area(inside, "Bahasa naskah")
