"""The scans of a request: added by file, by dropping or from the clipboard; looked at, erased.

Everything that touches a disk or looks into a scan runs on a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.scan_adding import Scan, ScanAdder, files_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.attachments import (
    Attachment,
    attachments,
    remove_scan,
    scan_pdf,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.values import RequestView

_ERASING = "hapus-lampiran"  # place of the reason being typed, with the number of the scan
_LIST = 300  # px at 100 %
_FILTER = "Pindaian (*.pdf *.jpg *.jpeg *.png)"
_EMPTY = (
    "Belum ada lampiran. Seret berkas PDF, JPG, atau PNG ke sini, tempel dengan Ctrl+V, atau tekan "
    "Tambah."
)
_NO_PAPER = "Tanpa keterangan"
_PASTED = "Tempelan.png"
_MIB, _KIB = 1024 * 1024, 1024


def _size_text(size: int) -> str:
    """Give a size in office words: 340 KB, 1,2 MB."""
    if size >= _MIB:
        return f"{size / _MIB:.1f} MB".replace(".", ",")
    return f"{max(size // _KIB, 1)} KB"


def _title(scan: Attachment) -> str:
    return scan.paper or scan.label


def _about(scan: Attachment) -> str:
    return f"{scan.pages} hlm, {_size_text(scan.size)}"


class AttachmentsPage(QWidget):
    """The Lampiran tab. Asks for nothing until it is on screen.

    Signals:
        counted: How many scans the file shown has.
    """

    counted = Signal(int)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._request: int | None = None  # whose scans are shown and added
        self._on_screen = False
        self._listed: int | None = None  # the request whose scans are shown
        self._adder = ScanAdder(context, self)
        self._erasing = 0  # the scan whose erasing is under way
        self._wanted: int | None = None  # the scan to be shown
        self._op_id = new_op_id()  # of the next erasing
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.setFocusProxy(self.list)

    def _build(self) -> None:
        columns = (Column("Lampiran", _title, tip=True), Column("Isi", _about, 104, right=True))
        self.model = RecordTableModel(columns, self)
        self.list = record_table(self.model, "Lampiran berkas ini")
        self.list.horizontalHeader().hide()
        self.papers = QComboBox()
        self.papers.setObjectName("attachment-paper")
        self.papers.setAccessibleName("Berkas apa yang ditambahkan")
        self.add_button = Button("Tambah …", "", "small", "plus", name="add-attachment")
        self.paste_button = Button("Tempel", "Ctrl+V", "small", name="paste-attachment")
        left = col(
            col(
                label("Yang ditambahkan adalah", "caption", "muted"),
                self.papers,
                row(self.add_button, self.paste_button, None, gap=S2),
                gap=S2,
                pad=(S3, S3, S3, S3),
            ),
            (self.list, 1),
            gap=0,
            plane="surface",
            edge="right",
        )
        left.setFixedWidth(look().px(_LIST))
        self.pages = PageView(self._context.background)
        self.about = label("", "caption", "muted", wrap=True)
        self.reason = QLineEdit()
        self.reason.setObjectName("erase-reason")
        self.reason.setAccessibleName("Alasan menghapus lampiran")
        self.reason.setPlaceholderText("Alasan menghapus, misalnya salah orang")
        self.reason.setMaxLength(200)
        self.reason.hide()
        self.erase_button = Button("Hapus …", "", "small", "trash-2", name="erase-attachment")
        bar = row(
            (self.about, 1), (self.reason, 1), self.erase_button, gap=S3, pad=(S4, S2, S4, S2)
        )
        bar.setProperty("edge", "top")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def _connect(self) -> None:
        self._adder.begun.connect(self._tell_adding)
        self._adder.ended.connect(self._note_added)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.add_button.clicked.connect(self.choose_files)
        self.paste_button.clicked.connect(self.paste)
        self.erase_button.clicked.connect(self.erase)
        self.reason.returnPressed.connect(self.erase)
        self.reason.textEdited.connect(self._keep_reason)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)

    # What the panel asks

    def show_request(self, view: RequestView) -> None:
        """Take over another request, or the same one as it is now."""
        self.show_file(view.id, [(line.code, line.name) for line in view.checklist])

    def show_file(self, request_id: int, papers: Sequence[tuple[str, str]]) -> None:
        """Take over a file, with code and name of the papers a scan of it may show."""
        if self._request != request_id:
            self._listed = None
            self._show((), "")
        self._request = request_id
        chosen = self.papers.currentData()
        self.papers.clear()
        self.papers.addItem(_NO_PAPER, "")
        for code, name in papers:
            self.papers.addItem(name, code)
        self.papers.setCurrentIndex(max(self.papers.findData(chosen), 0))
        self._set_enabled()
        self._ask()

    def show_none(self, why: str) -> None:
        """Show no file: nothing can be added, and *why*."""
        self._request = self._listed = None
        self._show((), why)

    def set_on_screen(self, on_screen: bool) -> None:
        """Tell whether the page is looked at: only then scans are read."""
        self._on_screen = on_screen
        self._ask()

    @property
    def shown(self) -> Attachment | None:
        """The scan that is chosen."""
        index = self.list.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    # Adding

    @Slot()
    def choose_files(self) -> None:
        """Ask for files on this PC and add them."""
        chosen, _filter = QFileDialog.getOpenFileNames(self, "Tambah lampiran", "", _FILTER)
        self.add_paths([Path(name) for name in chosen])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files one after the other."""
        self._add([(path.name, path) for path in paths])

    def _add(self, scans: Sequence[Scan]) -> None:
        """They belong to the file and paper of now, wherever the user is when their turn comes."""
        if self._request is not None:
            self._adder.add(self._request, str(self.papers.currentData() or ""), scans)

    @Slot()
    def paste(self) -> None:
        """Add what the clipboard holds: files, or a picture."""
        if self.reason.isVisible() and self.reason.hasFocus():
            self.reason.paste()
            return
        clipboard = QGuiApplication.clipboard()
        paths = files_of(clipboard.mimeData())
        if paths:
            self.add_paths(paths)
            return
        image = clipboard.image()
        if image.isNull():
            self._context.messages.complained.emit(
                "Papan klip tidak berisi gambar atau berkas. Tidak ada yang ditambahkan; salin "
                "dulu hasil pindainya.",
                None,
            )
            return
        self._add([(_PASTED, image)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        held = event.mimeData()
        paths = files_of(held)
        image = held.imageData() if not paths and held.hasImage() else None
        event.acceptProposedAction()
        if isinstance(image, QImage) and not image.isNull():
            self._add([(_PASTED, image)])
        self.add_paths(paths)

    @Slot(str)
    def _tell_adding(self, words: str) -> None:
        self._set_enabled()
        self.about.setText(words)

    @Slot(int)
    def _note_added(self, number: int) -> None:
        """Show the scan just added (0: it was refused), and what the file has now."""
        self._wanted = number or self._wanted
        self._set_enabled()
        self._listed = None
        self._ask()

    # Erasing

    @Slot()
    def erase(self) -> None:
        """Ask for the reason, then erase the scan that is shown."""
        scan = self.shown
        if scan is None:
            return
        if not self.reason.isVisible():
            self.reason.show()
            self.about.hide()
            self.erase_button.set_words("Hapus lampiran ini")
            kept = self._context.pad.get(f"{_ERASING}:{scan.id}") or {}
            self.reason.setText(str(kept.get("text", "")))
            self.reason.setFocus()
            return
        self._erasing = scan.id
        self._context.background.command_job(
            self._note_erased, remove_scan, self._op_id, scan.id, self.reason.text()
        )

    def _note_erased(self, _nothing: None) -> None:
        self._op_id = new_op_id()
        self._context.pad.drop(f"{_ERASING}:{self._erasing}")
        self._close_reason()
        self._context.messages.said.emit("Lampiran dihapus; alasannya tercatat di riwayat.", None)
        self._listed = None
        self._ask()

    @Slot(str)
    def _keep_reason(self, text: str) -> None:
        """Keep why, until it is done: by scan, since another may be looked at meanwhile."""
        if self.shown is not None:
            self._context.pad.put(f"{_ERASING}:{self.shown.id}", 0, {"text": text})

    def _close_reason(self) -> None:
        self.reason.clear()
        self.reason.hide()
        self.about.show()
        self.erase_button.set_words("Hapus …")

    # Showing

    def _ask(self) -> None:
        wanted = self._request
        if wanted is None or not self._on_screen or self._listed == wanted:
            return
        self._listed = wanted
        self._context.background.job(self._take, _listed, wanted)

    def _take(self, answer: tuple[int, tuple[Attachment, ...] | DeskError]) -> None:
        request_id, found = answer
        if self._request != request_id:
            return
        if isinstance(found, DeskError):
            self._show((), str(found))
        else:
            self._show(found, _EMPTY)
            self.counted.emit(len(found))

    def _show(self, found: Sequence[Attachment], empty: str) -> None:
        before = self.shown
        wanted = self._wanted or (before.id if before else None)
        self._wanted = None
        self.model.show_records(found)
        self._close_reason()
        self._set_enabled()
        if not found:
            self.about.setText("")
            self.pages.show_nothing(empty)
            return
        ids = [scan.id for scan in found]
        self.list.setCurrentIndex(self.model.index(ids.index(wanted) if wanted in ids else 0, 0))

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        scan = self.shown
        self._close_reason()
        self._set_enabled()
        if scan is None:
            return
        zone = self._context.zone
        at = moment_text(scan.added_at, zone, datetime.now(zone).date())
        self.about.setText(f"{scan.label} · {_about(scan)} · {at} oleh {scan.added_by}")
        self.pages.show_nothing("Lampiran sedang dibuka …")
        self._context.background.print_job(self._show_pages, _pictured, scan.id)

    def _show_pages(self, answer: tuple[int, bytes | DeskError]) -> None:
        number, pdf = answer
        if self.shown is None or self.shown.id != number:
            return
        if isinstance(pdf, DeskError):
            self.pages.show_nothing(str(pdf))
            self._context.messages.complained.emit(str(pdf), None)
            return
        self.pages.show_pdf(pdf, self.shown.label)

    def _set_enabled(self) -> None:
        for button in (self.add_button, self.paste_button):
            button.setEnabled(self._request is not None and not self._adder.busy)
        self.papers.setEnabled(self._request is not None)
        self.erase_button.setEnabled(self.shown is not None and not self._adder.busy)


# On the worker: a refusal comes back as a value, it belongs to this page


def _listed(desk: Desk, request_id: int) -> tuple[int, tuple[Attachment, ...] | DeskError]:
    try:
        return request_id, desk.ask(attachments, request_id)
    except DeskError as error:
        return request_id, error


def _pictured(desk: Desk, attachment_id: int) -> tuple[int, bytes | DeskError]:
    try:
        return attachment_id, scan_pdf(desk, attachment_id)
    except DeskError as error:
        return attachment_id, error
