"""The bar at the foot of the window: what was done, or why it was refused, with the way out."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from kecamatan_desk.ui import theme
from kecamatan_desk.ui.paint import text_height, text_width
from kecamatan_desk.ui.parts import Button, Pic, fill, label, pic, restyle
from kecamatan_desk.ui.screen import Messages, WayOut
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S4

_BESIDE = 480  # px at 100 % that stand beside the sentence: way out, progress, backup


class MessageBar(QFrame):
    """Of one height, so that nothing jumps. The last sentence stays until there is another.

    A refusal goes with the screen it was about. Only a sentence of more than two lines makes the
    bar higher, as long as it stands there: one that is cut off tells nobody what to do.

    Signals:
        way_changed: Another sentence, with or without a way out, is shown.
    """

    way_changed = Signal()

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._act: WayOut | None = None
        self._noted = False  # what is shown is about the screen in hand alone
        self.glyph: Pic = pic("info", "muted")
        self.glyph.hide()
        self.words = label("")
        self.way_out: Button | None = None
        self.backup = label("", "caption", "muted")
        self.backup.setObjectName("backup-mark")
        self._backup_pic = pic("check", "ok")
        self._backup_pic.hide()
        self._working = QProgressBar()
        self._working.setRange(0, 0)
        self._working.setTextVisible(False)
        self._working.setFixedWidth(look().px(80))
        self._working.setAccessibleName("Sedang bekerja")
        keep = self._working.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._working.setSizePolicy(keep)
        self._working.hide()
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(look().px(S2))
        self._layout.setContentsMargins(look().px(S4), 0, look().px(S4), 0)
        fill(self._layout, self.glyph, self.words, None, self._working)
        self.room = label("", "captionb", "late")
        self._room_pic = pic("circle-alert", "late")
        self.show_room("")
        fill(self._layout, self._room_pic, self.room)
        if not look().folded:
            fill(self._layout, self._backup_pic, self.backup)
        self.setFixedHeight(look().px(theme.H_MSG))
        self.setProperty("msg", "ok")
        messages.said.connect(self.say)
        messages.complained.connect(self.complain)
        messages.settled.connect(self.settle)
        messages.noted.connect(self.note)
        messages.unnoted.connect(self.drop_note)

    @Slot(str, object)
    def say(self, text: str, way_out: WayOut | None = None) -> None:
        """Tell what was done."""
        self._show(text, way_out, "ok", "circle-check", "body", "text")

    @Slot(str, object)
    def complain(self, text: str, way_out: WayOut | None = None) -> None:
        """Tell what was refused, and the way on."""
        self._show(text, way_out, "late", "circle-alert", "bodyb", "late")

    @Slot(bool)
    def show_busy(self, busy: bool) -> None:
        """Show that the worker works; short work is over before anybody sees it."""
        self._working.setVisible(busy)

    def show_backup(self, text: str, ink: str = "ok", glyph: str = "check", more: str = "") -> None:
        """Say how old the backups are; *more*: the whole of it, in the tooltip."""
        self.backup.setText(text)
        restyle(self.backup, ink="muted" if ink == "ok" else ink)
        self._backup_pic.show_icon(glyph, ink)
        self._backup_pic.setVisible(bool(text) and not look().folded)
        for part in (self.backup, self._backup_pic):
            part.setToolTip(more)
            part.setAccessibleName(more or text)

    def show_room(self, warning: str) -> None:
        """Mark a disk that is getting full as long as it is; the sentence is in the tooltip."""
        self.room.setText("Cakram hampir penuh" if warning else "")
        self.room.setVisible(bool(warning) and not look().folded)
        self._room_pic.setVisible(bool(warning))
        for part in (self.room, self._room_pic):
            part.setToolTip(warning)
            part.setAccessibleName(warning)

    @Slot()
    def settle(self) -> None:
        """Take a refusal away; what was done stays in sight."""
        if self.property("msg") == "late":
            self.clear()

    @Slot(str)
    def note(self, text: str) -> None:
        """Tell something that goes with the user's first act or way elsewhere."""
        self.say(text)
        self._noted = True

    @Slot()
    def drop_note(self) -> None:
        """Take a note away; what was said since stays."""
        if self._noted:
            self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._show("", None, "ok", "info", "body", "text")

    def _show(
        self, text: str, way_out: WayOut | None, kind: str, glyph: str, type_: str, ink: str
    ) -> None:
        self._noted = False
        self.glyph.show_icon(glyph, "late" if kind == "late" else "ok")
        self.glyph.setVisible(bool(text))
        long = text_width(text, type_) > self.width() - look().px(_BESIDE)
        self.words.setWordWrap(long)  # two lines fit into the bar
        self._layout.setStretchFactor(self.words, 20 if long else 0)
        self.words.setText(text)
        self.words.setToolTip(text)
        restyle(self.words, type=type_, ink=ink)
        restyle(self, msg=kind)
        self.setAccessibleName(f"Pesan: {text}")
        self._show_way_out(way_out)
        self.way_changed.emit()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the sentence anew in another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        needed = look().px(theme.H_MSG)
        if self.words.wordWrap():
            kind = "bodyb" if self.property("msg") == "late" else "body"
            needed = max(
                needed, text_height(self.words.text(), kind, self._words_width()) + look().px(S1)
            )
        self.setFixedHeight(needed)

    def _words_width(self) -> int:
        """Give what the others leave to the words."""
        margins = self._layout.contentsMargins()
        left = self.width() - margins.left() - margins.right()
        for place in range(self._layout.count()):
            item = self._layout.itemAt(place)
            part = item.widget() if item is not None else None
            # the mark of work keeps its place while it is hidden
            kept = part is not None and (not part.isHidden() or part is self._working)
            if part is not None and part is not self.words and kept:
                left -= part.sizeHint().width()
        return left - self._layout.spacing() * self._layout.count()

    def _show_way_out(self, way_out: WayOut | None) -> None:
        if self.way_out is not None:
            self._layout.removeWidget(self.way_out)
            self.way_out.hide()
            self.way_out.deleteLater()
            self.way_out = None
        self._act = way_out
        if way_out is not None:
            self.way_out = Button(way_out.words, way_out.cap, "out", name="message-way-out")
            self.way_out.clicked.connect(self._go)
            self._layout.insertWidget(2, self.way_out)

    @Slot()
    def _go(self) -> None:
        if self._act is not None:
            self._act.act()
