"""What the machine does to the office, said in the window: a doubtful clock, a disk that fills."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.ui.format import clock_time
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext, WayOut, new_op_id
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.room import room_warning

_EVERY = 60_000  # ms between two looks at the disk


class MachineWatch(QObject):
    """Stands beside the shell of one session.

    A deed that a doubtful clock has stopped is sent again once somebody has said *Jam sudah
    benar*. Typing that found no room is said to be kept as soon as it is. A disk that fills is
    complained of once, and marked in the message bar while it lasts.
    """

    def __init__(self, parent: QObject, context: ScreenContext, bar: MessageBar) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self._warned = ""
        context.background.clock_doubted.connect(self._doubt_clock)
        context.pad.recovered.connect(self._tell_kept)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Ask how much room the disk has."""
        self._context.background.query(self._show_room, room_warning)

    def _show_room(self, warning: str) -> None:
        self._bar.show_room(warning)
        kind = warning.partition(":")[0].partition(" tinggal")[0]  # the figure moves all day
        if kind and kind != self._warned:
            self._context.messages.complained.emit(warning, None)
        self._warned = kind

    @Slot()
    def _tell_kept(self) -> None:
        """What was on screen only is on disk: whoever was told so may breathe again."""
        at = self._context.pad.kept_at
        when = f" pukul {clock_time(at, self._context.zone)}" if at is not None else ""
        self._context.messages.said.emit(f"Yang diketik sudah tersimpan lagi{when}.", None)

    @Slot(str)
    def _doubt_clock(self, message: str) -> None:
        way_out = WayOut("Jam sudah benar", "", self._confirm_clock)
        self._context.messages.complained.emit(message, way_out)

    def _confirm_clock(self) -> None:
        self._context.background.quiet(self._repeat, confirm_clock, new_op_id())

    def _repeat(self, _nothing: None) -> None:
        self._context.messages.settled.emit()
        self._context.background.repeat_doubted()
