"""The deeds of the Surat tab that ask something first: copy, fit, other paper, other signatory."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from kecamatan_desk.documents.profiles import PAPERS, Profile
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.letter_strip import Asked, LetterStrip
from kecamatan_desk.usecases.copies import (
    MOST_REASON,
    copy_bytes,
    copy_line,
    count_copy,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import fit_choices, fit_letter, move_to_paper
from kecamatan_desk.usecases.letter_deeds import LetterDeeds
from kecamatan_desk.usecases.people_values import SignerChoice
from kecamatan_desk.usecases.signers import replace_signer, signer_choices
from kecamatan_desk.usecases.values import DocumentRef, FitChoice, Receipt, RequestView, Seen

PLACE = "surat"  # on the pad, with the name of what is asked
_COPY, _FIT, _PAPER, _SIGNER = "salinan", "muat", "kertas", "penandatangan"
_USUAL = ("Hilang", "Rusak", "Terbakar", "Terkena banjir", "Diminta instansi lain")
_LETTER_PAPERS = tuple(code for code, paper in PAPERS.items() if "surat" in paper.uses)


def _counted(desk: Desk, op_id: str, document_id: int, reason: str) -> tuple[int, bytes]:
    """Count a copy, on the worker; give its number and its pages."""
    line = desk.ask(copy_line, desk.call(count_copy, op_id, document_id, reason))
    return line.number, copy_bytes(desk, line)


def _rungs(desk: Desk, document_id: int) -> tuple[int, tuple[FitChoice, ...]]:
    return document_id, fit_choices(desk, document_id)


class LetterActs(QObject):
    """What is done to the paper in hand, asked in the strip.

    Signals:
        redrawn: There are papers that are not shown yet.
    """

    redrawn = Signal()

    def __init__(self, context: ScreenContext, strip: LetterStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._strip, self._page = context, strip, parent
        self._view: RequestView | None = None
        self._document: DocumentRef | None = None
        self._deeds: LetterDeeds | None = None
        self._op_id = new_op_id()
        strip.gone.connect(self._go)
        strip.text.textEdited.connect(self._keep)

    def take(
        self, view: RequestView | None, document: DocumentRef | None, deeds: LetterDeeds | None
    ) -> None:
        """Note what is in hand; another paper closes what was being asked."""
        if document != self._document:
            self._strip.close_up()
        self._view, self._document, self._deeds = view, document, deeds

    # What is asked

    @Slot()
    def ask_copy(self) -> None:
        """*Salinan*: why."""
        document = self._document
        if document is None:
            return
        self._ask(
            Asked(
                _COPY,
                f"Salinan ke-{document.copies + 1}",
                "Cetak salinan",
                "printer",
                "Halamannya sama dengan yang tersimpan; di atasnya tertulis SALINAN, tanggal, nama "
                "Anda, dan alasannya.",
                text="Alasan salinan",
                hint="misalnya: hilang",
                usual=_USUAL,
                most=MOST_REASON,
            )
        )

    @Slot()
    def ask_fit(self) -> None:
        """*Muat 1 halaman*: first see how many pages each step needs."""
        if self._document is not None:
            self._context.background.job(self._take_rungs, _rungs, self._document.id)

    def _take_rungs(self, answer: tuple[int, tuple[FitChoice, ...]]) -> None:
        document_id, rungs = answer
        document = self._document
        if document is None or document.id != document_id:
            return
        told = "\n".join(
            f"{rung.label}: {rung.pages} halaman{' (sekarang)' if rung.chosen else ''}"
            for rung in rungs
        )
        now = next(rung.step for rung in rungs if rung.chosen)
        fits = [rung for rung in rungs if rung.step > now and rung.pages == 1]
        if fits:
            kind = fits[0].label.partition(":")[2].strip() or fits[0].label.lower()
            deed = f"Buat versi {document.version + 1}: {kind}, 1 halaman"
        else:
            deed = ""
            told += (
                f"\nTidak dapat dimuat dalam 1 halaman; tidak diperkecil lagi. Cetak "
                f"{rungs[-1].pages} halaman, atau persingkat isiannya."
            )
        self._ask(Asked(_FIT, "Muat 1 halaman", deed, "type", told, possible=bool(fits)))

    @Slot()
    def ask_paper(self) -> None:
        """*Ganti kertas*: onto which, with the margins this PC has for letters."""
        document, deeds = self._document, self._deeds
        if document is None or deeds is None:
            return
        now = deeds.profile.paper
        choices = tuple(
            (self._profile(code), PAPERS[code].label + (" (sekarang)" if code == now else ""))
            for code in _LETTER_PAPERS
        )
        other = next(n for n, code in enumerate(_LETTER_PAPERS) if code != now)
        self._ask(
            Asked(
                _PAPER,
                "Ganti kertas",
                f"Buat versi {document.version + 1}",
                "file-text",
                "Nomor dan tanggal tetap. Tepi dan kop menurut profil cetak PC ini.",
                choices,
                other,
            )
        )

    def _profile(self, code: str) -> Profile:
        return replace(self._context.printing.profile("surat"), paper=code)

    @Slot()
    def ask_signer(self) -> None:
        """*Ganti penandatangan*: who, and why."""
        if self._view is not None:
            self._context.background.query(self._take_signers, signer_choices, self._view.id)

    def _take_signers(self, signers: tuple[SignerChoice, ...]) -> None:
        document = self._document
        if document is None:
            return
        others = [one for one in signers if not one.named]
        title = "Ganti penandatangan"
        if not others:
            told = (
                "Tidak ada pejabat lain yang berwenang hari ini. Penunjukan dicatat Administrator "
                "pada menu Pejabat."
            )
            self._ask(Asked(_SIGNER, title, "", told=told, possible=False))
            return
        self._ask(
            Asked(
                _SIGNER,
                title,
                f"Buat versi {document.version + 1}",
                "pen-line",
                "Nomor dan tanggal tetap; buku register mencatat penandatangannya.",
                tuple((one, f"{one.office}: {one.name}") for one in others),
                text="Alasan",
                hint="misalnya: Camat dinas luar",
            )
        )

    def _ask(self, asked: Asked) -> None:
        self._op_id = new_op_id()
        self._strip.ask(asked)
        kept = self._context.pad.get(f"{PLACE}-{asked.name}", self._view.id if self._view else 0)
        if kept is not None and asked.text:  # written before, when the program or file was left
            self._strip.text.setText(str(kept.get("text", "")))
            self._strip.text.selectAll()

    @Slot()
    def _keep(self) -> None:
        asked, view = self._strip.asked, self._view
        if asked is not None and view is not None:
            body = {"text": self._strip.text.text()}
            self._context.pad.put(f"{PLACE}-{asked.name}", view.id, body)

    # What is done

    @Slot()
    def _go(self) -> None:
        asked, document, view = self._strip.asked, self._document, self._view
        if asked is None or document is None or view is None:
            return
        strip, background = self._strip, self._context.background
        match asked.name:
            case "salinan":
                background.command_job(
                    self._copied, _counted, self._op_id, document.id, strip.words
                )
            case "muat":
                background.command_job(self._fitted, fit_letter, self._op_id, document.id)
            case "kertas":
                background.command_job(
                    self._moved, move_to_paper, self._op_id, document.id, strip.value
                )
            case "penandatangan":
                chosen: SignerChoice = strip.value
                background.command(
                    self._replaced,
                    replace_signer,
                    self._op_id,
                    Seen(view.id, view.version),
                    chosen.user_id,
                    chosen.role,
                    strip.words,
                )

    def _copied(self, answer: tuple[int, bytes]) -> None:
        number, pdf = answer
        title = self._document.title if self._document else "Surat"
        self._done(f"Salinan ke-{number} dari {title} dihitung; alasannya tercatat.")
        self._context.printing.print_pdf(self._page, pdf, "surat", f"{title}, salinan ke-{number}")

    def _fitted(self, document: DocumentRef) -> None:
        self._done(
            f"Versi {document.version} dibuat: {document.pages} halaman. Nomor dan tanggal tetap."
        )

    def _moved(self, document: DocumentRef) -> None:
        self._done(f"Versi {document.version} dibuat di kertas lain. Nomor dan tanggal tetap.")

    def _replaced(self, _receipt: Receipt) -> None:
        self._done("Penandatangan diganti; surat dibuat ulang dengan nomor dan tanggal yang sama.")

    def _done(self, text: str) -> None:
        if self._strip.asked is not None and self._view is not None:
            self._context.pad.drop(f"{PLACE}-{self._strip.asked.name}", self._view.id)
        self._strip.close_up()
        self._context.messages.said.emit(text, None)
        self.redrawn.emit()
