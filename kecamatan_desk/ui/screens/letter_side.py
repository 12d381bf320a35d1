"""Beside a letter: its versions and copies, and every deed it allows; one that is not says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QTableView, QVBoxLayout

from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screens.cells import Cells
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S1, S2, S3
from kecamatan_desk.usecases.letter_deeds import LetterDeeds
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.values import DocumentRef

_WIDTH = 272  # px at 100 %


@dataclass(frozen=True, slots=True)
class Version:
    """One kept paper as the list shows it; ``newest`` is of its kind."""

    document: DocumentRef
    newest: int
    drawn: str  # when
    copies: tuple[str, ...] = ()  # each in a line

    @property
    def replaced(self) -> bool:
        """Whether a newer version took its place."""
        return self.document.kind != ERRATUM and self.document.version < self.newest

    @property
    def words(self) -> str:
        """The version and what became of it: `versi 1 dari 2, sudah diganti versi 2`."""
        document = self.document
        if document.kind == ERRATUM:
            return ""
        of = f"versi {document.version} dari {self.newest}"
        return f"{of}, sudah diganti versi {self.newest}" if self.replaced else of


def versions_of(documents: Sequence[DocumentRef], zone: tzinfo, today: date) -> tuple[Version, ...]:
    """Give the papers for the list, in the order given."""
    newest: dict[str, int] = {}
    for document in documents:
        newest[document.kind] = max(newest.get(document.kind, 0), document.version)
    return tuple(
        Version(one, newest[one.kind], moment_text(one.created_at, zone, today))
        for one in documents
    )


def _shown(version: Version) -> str:
    document = version.document
    lines = [document.title, version.words.capitalize(), f"Dibuat {version.drawn}"]
    if document.reason:
        lines.append(document.reason[0].upper() + document.reason[1:])
    lines += version.copies or ([f"{document.copies} salinan"] if document.copies else [])
    return "\n".join(line for line in lines if line)


class LetterSide(QFrame):
    """The column at the left of the pages.

    Signals:
        chosen: Another paper is to be shown (a `DocumentRef`).
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = RecordTableModel((Column("Surat", _shown),), self)
        self.list: QTableView = record_table(self.model, "Surat, versi, dan salinannya")
        self.list.setItemDelegate(Cells(self.list, is_bold=_is_current))
        self.list.horizontalHeader().hide()
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.summary = label("", "caption", "muted")
        self.why = label("", "caption", "muted", wrap=True)
        self.print_button = Button("Cetak", "F7", "small", name="print-letter")
        self.print_button.explains = True
        self.copy_button = Button("Salinan", "F7", "small", name="copy-letter")
        self.fit_button = Button("Muat 1 halaman", "", "small", name="fit-letter")
        self.paper_button = Button("Ganti kertas", "", "small", name="move-letter")
        self.signer_button = Button("Ganti penandatangan", "", "small", name="replace-signer")
        self.erratum_button = Button("Ralat", "", "small", name="issue-erratum")
        self._deeds = (
            self.print_button,
            self.copy_button,
            self.fit_button,
            self.paper_button,
            self.signer_button,
            self.erratum_button,
        )
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.timeout.connect(self._show_chosen)
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.show_deeds(None)

    def _lay_out(self) -> None:
        one, two, three, four, five, six = self._deeds
        deeds = col(
            row((one, 1), (two, 1)),
            row((three, 1), (four, 1)),
            row((five, 1), (six, 1)),
            gap=S1,
        )
        body = col(
            col(self.summary, deeds, self.why, gap=S2, pad=(S3, S2, S3, S2)),
            self.list,
            None,
            gap=0,
            plane="surface",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._area = scroll_area(body)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area)
        self.setProperty("plane", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look().px(_WIDTH))

    def show_versions(self, versions: Sequence[Version], current: int) -> None:
        """List the papers; the one at this place is the one shown."""
        model = self.list.selectionModel()
        blocked = model.blockSignals(True)
        self.model.show_records(tuple(versions))
        if versions:
            self.list.setCurrentIndex(self.model.index(current, 0))
        model.blockSignals(blocked)
        self._fit_list()
        if current:
            self._reveal.start(0)

    def show_deeds(self, deeds: LetterDeeds | None) -> None:
        """Switch each deed on, or off and say why; None: there is no letter yet."""
        none = ("Belum ada surat.",) * len(self._deeds)
        reasons = none
        if deeds is not None:
            reasons = (
                deeds.prints,
                deeds.copy,
                deeds.fit,
                deeds.paper,
                deeds.signer,
                deeds.erratum,
            )
        copies = bool(reasons[0]) and not reasons[1]
        self.print_button.wear_cap("" if copies else "F7")
        self.copy_button.wear_cap("F7" if copies else "")
        told: dict[str, list[str]] = {}
        for button, reason in zip(self._deeds, reasons, strict=True):
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
            if reason:
                told.setdefault(reason, []).append(button.words.text())
        lines = [
            reason
            if len(words) == len(self._deeds)
            else f"{', '.join(words)}: {reason[0].lower()}{reason[1:]}"
            for reason, words in told.items()
        ]
        self.why.setText("\n".join(lines))
        self.why.setVisible(bool(lines))
        if self.list.currentIndex().row() > 0:  # the words above it have moved it
            self._reveal.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        """As tall as its papers: the whole column scrolls, the deeds stand first."""
        self.list.resizeRowsToContents()
        high = sum(self.list.rowHeight(row) for row in range(self.model.rowCount()))
        self.list.setFixedHeight(high + 2)
        self.list.setVisible(high > 0)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(RECORD_ROLE).document)
            self._reveal.start(0)

    @Slot()
    def _show_chosen(self) -> None:
        """Scroll the column to the paper shown; its first line counts where it is long."""
        body = self._area.widget()
        rect = self.list.visualRect(self.list.currentIndex())
        if body is None or not rect.isValid():
            return
        for corner in (rect.bottomLeft(), rect.topLeft()):
            place = self.list.viewport().mapTo(body, corner)
            self._area.ensureVisible(place.x(), place.y(), 0, look().px(S2))


def _is_current(version: Version) -> bool:
    return not version.replaced
