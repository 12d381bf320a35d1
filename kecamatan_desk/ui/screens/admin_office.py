"""The office itself: profile, letterhead, villages and number pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, col, heading, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, scrolled
from kecamatan_desk.ui.setup_page import OFFICE_FIELDS, profile_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.usecases.office import LARGEST_LOGO, profile, save_profile
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.samples import LetterSample, letter_sample
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_PAPER = 420  # px at 100 %: the width of the test letter
_LOGO = 64  # px at 100 %
_REST = 350  # ms without typing before the test letter is drawn again
_NUMBERS = 1  # the section whose heading shows the number as it would be written
_KNOWN = {field.code: field for field in OFFICE_FIELDS}
_HEAD = ("name", "regency", "province", "address", "contact")
_PLACE = (
    replace(_KNOWN["place"], span=5),
    replace(_KNOWN["zone"], span=3),
    replace(_KNOWN["region_code"], span=4),
)
_NUMBER_FIELDS = (
    replace(_KNOWN["abbreviation"], label="Singkatan"),
    Field("number_pattern", "Pola nomor surat", required=True, span=8, length=120),
    Field("tms_days", "Berkas TMS ditunggu, hari", FieldKind.NUMBER, required=True, length=3),
)
_LOCK = Field(
    "lock_minutes",
    "Terkunci bila tidak dipakai, menit (2–15)",
    FieldKind.NUMBER,
    required=True,
    span=6,
    length=2,
    hint="10",
)
_SCANS = Field(
    "scan_days",
    "Pindaian dihapus sesudah berkas selesai, hari (0: disimpan)",
    FieldKind.NUMBER,
    required=True,
    span=6,
    length=4,
    hint="365",
)
_SECTIONS = (
    Section("Kepala surat", (*(_KNOWN[code] for code in _HEAD), *_PLACE)),
    Section("Nomor surat", _NUMBER_FIELDS),
    Section("Desa dan kelurahan", (_KNOWN["villages"],)),
    Section("Layar dan lampiran", (_LOCK, _SCANS)),
)
_PATTERN_HELP = (
    "{kode} kode klasifikasi layanan · {urut} nomor agenda, {urut:3} menulis 012 · {layanan} "
    "singkatan layanan, misalnya SKTM · {singkatan} singkatan kecamatan · {bulan} 05 · {romawi} V "
    "· {tahun} 2026 · {tahun2} 26 · {sifat} B (biasa) · {sisipan} untuk nomor sisipan, kosong pada "
    "nomor biasa. Yang lain tercetak seperti diketik."
)


class OfficeScreen(AdminScreen):
    """The profile every paper prints, and a test letter drawn from what is typed."""

    TITLE = "Kantor dan kop surat"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._stored = context.profile
        self._logo: bytes | None = None  # chosen and not stored yet
        self._drawing = self._again = False
        self.form = FieldsForm(_SECTIONS)
        self.form.field("villages").editor.setFixedHeight(look().px(120))
        self.picture = QLabel()
        self.picture.setFixedSize(look().px(_LOGO), look().px(_LOGO))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("Lambang daerah")
        self.logo_note = label("", "caption", "muted", wrap=True)
        self.logo_button = Button("Pilih lambang …", "F10", "plain", "upload", name="choose-logo")
        self.paper = PageView(context.background)
        self.paper_note = label("", "caption", "muted", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._lay_out()
        self._rest.timeout.connect(self.draw_sample)
        self.form.edited.connect(self._note_typing)
        self.logo_button.clicked.connect(self.choose_logo)

    def _lay_out(self) -> None:
        logo = row(
            self.picture,
            (col(None, label("Lambang daerah pada kop", "bodyb"), self.logo_note, None, gap=2), 1),
            self.logo_button,
            gap=S4,
            card="true",
            pad=(S4, S3, S4, S3),
        )
        numbers = self.form.sections[_NUMBERS].layout()
        assert numbers is not None
        numbers.addWidget(label(_PATTERN_HELP, "caption", "muted", wrap=True))
        inside = col(logo, "~4", self.form, None, gap=S2, pad=(S5, S3, S5, S4))
        side = col(
            heading("Surat uji", "dari yang sedang diketik"),
            (self.paper, 1),
            row((self.paper_note, 1), pad=(S4, S2, S4, S2), plane="surface", edge="top"),
            gap=0,
        )
        side.setProperty("edge", "left")
        side.setFixedWidth(look().px(_PAPER))
        if look().folded:
            side.hide()
        left = QFrame()
        left.setProperty("plane", "surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading(self.TITLE, "berlaku untuk surat yang dibuat sesudah disimpan"))
        column.addWidget(scrolled(inside), 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(left, 1)
        top.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(self.bar())

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, profile)

    def first_focus(self) -> QWidget | None:
        return self.form.field("name").editor

    def _take(self, stored: OfficeProfile) -> None:
        self._stored = stored
        self.context.take_profile(stored)
        if not self.dirty:
            self.show_stored()
            self.take_up_typing()

    def typing(self) -> Mapping[str, Any]:
        return {"form": self.form.raw()}  # a chosen picture is a file: it is chosen again

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        self.form.show_raw(typed.get("form") or {})
        self.draw_sample()
        return True

    # The form

    def show_stored(self) -> None:
        self._logo = None
        self.form.set_values(_values_of(self._stored))
        self._show_logo()
        self.draw_sample()

    def typed(self) -> OfficeProfile:
        """Give the profile as typed; a logo of None means the stored one."""
        values = self.form.values()
        typed = profile_of(values)
        same_time = typed.zone_label == self._stored.zone_label  # Asia/Pontianak is WIB too
        return replace(
            typed,
            zone=self._stored.zone if same_time else typed.zone,
            number_pattern=self.form.field("number_pattern").typed(),  # also when it is too long
            tms_days=int(values.get("tms_days", 0)),
            scan_days=int(values.get("scan_days", 0)),
            lock_minutes=int(values.get("lock_minutes", 0)),
            logo=self._logo,
        )

    def send(self) -> None:
        if self.accept(self.form):
            self.sending()
            self.background.command(self._saved, save_profile, self.op_id, self.typed())

    def _saved(self, _nothing: None) -> None:
        self._logo = None
        self.saved("Profil kantor tersimpan dan dipakai surat berikutnya.")

    def show_at_field(self, message: str, field: str | None) -> None:
        if field == "logo":
            self._complain_logo(message)
        else:
            self.form.show_error(field or "number_pattern", message)

    # The coat of arms

    @Slot()
    def choose_logo(self) -> None:
        """F10: choose a picture; it is stored with everything else."""
        chosen = ask_for_picture(self)
        if chosen is not None:
            self.background.run(self._take_logo, read_picture, chosen)

    def refusal(self, message: str, field: str | None) -> None:
        if field == "logo" and not self.busy:
            self._complain_logo(message)
        super().refusal(message, field)

    def _take_logo(self, image: bytes) -> None:
        self._logo = image
        self.mark(True)
        self._show_logo()
        self.draw_sample()

    def _show_logo(self) -> None:
        image = self._logo or self._stored.logo
        picture = QPixmap()
        if image and picture.loadFromData(image):
            side = look().px(_LOGO)
            aspect, smooth = (
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self.picture.setPixmap(picture.scaled(side, side, aspect, smooth))
            words = f"{picture.width()} x {picture.height()} titik"
            words += "; belum disimpan" if self._logo else ""
        else:
            self.picture.setPixmap(look().icon("landmark", "muted", 40))
            words = "Belum ada. Gambar PNG atau JPEG, paling besar 512 kB."
        self.logo_note.setText(words)
        restyle(self.logo_note, ink="muted")

    def _complain_logo(self, message: str) -> None:
        self.logo_note.setText(message)
        restyle(self.logo_note, ink="late")
        self.logo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # The test letter

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self.note_edit()
        self._rest.start()

    @Slot()
    def draw_sample(self) -> None:
        """Draw the test letter of what is typed, one at a time."""
        if self._drawing:
            self._again = True
            return
        self._drawing = True
        self.background.print_job(self._show_sample, letter_sample, self.typed())

    def _show_sample(self, sample: LetterSample) -> None:
        self._drawing = False
        if self._again:
            self._again = False
            self.draw_sample()
            return
        if sample.pdf:
            self.paper.show_pdf(sample.pdf, "surat uji")
        written = f"akan tertulis {sample.number}" if sample.number else ""
        self.form.show_remark(written, _NUMBERS)
        self.form.show_notes(_notes_of(sample))
        self.paper_note.setText(sample.refusal or "Nomornya contoh; tidak ada nomor terpakai.")
        restyle(self.paper_note, ink="late" if sample.refusal else "muted")


def _values_of(office: OfficeProfile) -> dict[str, Any]:
    return {
        "name": office.name,
        "regency": office.regency,
        "province": office.province,
        "address": office.address,
        "contact": office.contact,
        "place": office.place,
        "zone": office.zone_label,
        "region_code": office.region_code,
        "abbreviation": office.abbreviation,
        "number_pattern": office.number_pattern,
        "tms_days": office.tms_days,
        "scan_days": office.scan_days,
        "lock_minutes": office.lock_minutes,
        "villages": "\n".join(office.villages),
    }


def _notes_of(sample: LetterSample) -> tuple[FieldNote, ...]:
    if sample.field:
        return (FieldNote(sample.field, sample.refusal, advice=""),)
    if sample.warning:
        advice = "Boleh disimpan, bila kantor memang menghendakinya."
        return (FieldNote("number_pattern", sample.warning, advice),)
    return ()


def ask_for_picture(parent: QWidget) -> Path | None:
    """Ask for a picture file; None when not. Tests replace this function."""
    name, _filter = QFileDialog.getOpenFileName(
        parent, "Pilih lambang daerah", "", "Gambar (*.png *.jpg *.jpeg)"
    )
    return Path(name) if name else None


def read_picture(path: Path) -> bytes:
    """Read a picture file; MachineError says why it cannot be. Runs on the worker."""
    try:
        size = path.stat().st_size
        if size <= LARGEST_LOGO:
            return path.read_bytes()
    except OSError as error:
        raise MachineError(
            f"Gambar {path.name} tidak dapat dibaca ({error.strerror}). Lambang lama tetap "
            "dipakai; salin gambarnya ke komputer ini, lalu pilih lagi.",
            "logo",
        ) from error
    raise MachineError(
        f"Gambar {path.name} terlalu besar ({size // 1024} kB, paling besar "
        f"{LARGEST_LOGO // 1024} kB). Lambang lama tetap dipakai; perkecil gambarnya.",
        "logo",
    )
