"""Scans on their way into a file: one after the other, each to where it was given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.usecases.attachments import add_file, add_scan
from kecamatan_desk.usecases.desk import Desk

#: A name, and where the scan comes from: a file of this PC, or a picture.
Scan = tuple[str, Path | QImage]


class _Coming(NamedTuple):
    """A scan that waits to be added: to which file, its name, where it comes from, its paper."""

    op_id: str
    request_id: int
    name: str
    source: Path | QImage
    paper: str


class ScanAdder(QObject):
    """Adds scans on the second worker; says in the message bar what became of each.

    Signals:
        begun: One is being looked into and stored; the words for it.
        ended: Its number, or 0 when it was refused.
    """

    begun = Signal(str)
    ended = Signal(int)

    def __init__(self, context: ScreenContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: list[_Coming] = []
        self.busy = False  # one is under way

    def add(self, request_id: int, paper: str, scans: Sequence[Scan]) -> None:
        """Add scans to a file, as this paper of its checklist ("" for none)."""
        self._waiting += [
            _Coming(new_op_id(), request_id, name, source, paper) for name, source in scans
        ]
        self._add_next()

    def _add_next(self) -> None:
        if self.busy or not self._waiting:
            return
        coming = self._waiting.pop(0)
        self.busy = True
        left = f" (masih {len(self._waiting)} menunggu)" if self._waiting else ""
        self.begun.emit(f"{coming.name} sedang diperiksa dan disimpan …{left}")
        self._context.background.print_job(self._note_added, _added, coming)

    def _note_added(self, answer: tuple[str, int | DeskError]) -> None:
        name, added = answer
        self.busy = False
        if isinstance(added, DeskError):
            self._context.messages.complained.emit(f"{name}: {added}", None)
        else:
            self._context.messages.said.emit(f"Lampiran {name} tersimpan.", None)
            self._context.background.announce()
        self._add_next()
        self.ended.emit(0 if isinstance(added, DeskError) else added)


def files_of(held: QMimeData | None) -> list[Path]:
    """Give the files of this PC that are dropped or pasted; an empty clipboard may hold None."""
    urls = held.urls() if held is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.write(image)
    return bytes(held.data())


def _added(desk: Desk, coming: _Coming) -> tuple[str, int | DeskError]:
    """Store a scan, on the worker: a refusal comes back as a value, it belongs to its page."""
    op_id, request_id, name, source, paper = coming
    try:
        if isinstance(source, QImage):
            content = _as_png(source)  # a second and more for a page of 300 dpi
            return name, add_scan(desk, op_id, request_id, name, content, paper)
        return name, add_file(desk, op_id, request_id, source, paper)
    except DeskError as error:
        return name, error
