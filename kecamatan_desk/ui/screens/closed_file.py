"""A file that was found and is not the user's work: what the search tells, and the way in."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.ui.format import status_word
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.services import service_label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.values import SearchHit


class ClosedFile(QFrame):
    """Name, masked NIK, service and how it stands; nothing more before it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.hit: SearchHit | None = None
        self.setProperty("plane", "bg")
        self.name = label("", "title", wrap=True)
        self.facts = label("", ink="muted", wrap=True)
        self.service = label("", wrap=True)
        note = label(
            "Bukan pekerjaan Anda hari ini. Saat dibuka, alasannya dicatat sekali sehari.",
            "caption",
            "muted",
            wrap=True,
        )
        self.open_button = Button("Buka berkas", "F12", "primary", "eye", name="open-closed")
        body = col(
            row(pic("lock", "muted", 20), (self.name, 1), gap=S3),
            self.service,
            self.facts,
            row(self.open_button, None),
            note,
            gap=S2,
        )
        body.setMaximumWidth(look().px(640))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([look().px(S5)] * 4))
        layout.addWidget(body)
        layout.addStretch(1)

    def show_hit(self, hit: SearchHit) -> None:
        """Show what the search tells of a file."""
        self.hit = hit
        self.name.setText(hit.applicant or "Tanpa nama")
        self.service.setText(f"{service_label(hit.service)}, {status_word(hit.status)}")
        known = (
            hit.file_code,
            hit.nik_masked,
            hit.letter_number,
            short_date(hit.created_at.date()),
        )
        self.facts.setText("   ·   ".join(part for part in known if part))
