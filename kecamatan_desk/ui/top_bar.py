"""The top of the window: the office, the search, the time, who works, the lock; and LATIHAN."""

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from kecamatan_desk.domain.people import initials
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.format import top_time
from kecamatan_desk.ui.paint import text_width
from kecamatan_desk.ui.parts import Button, avatar, col, fill, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.search_box import SearchBox
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.office_values import OfficeProfile

_LATIHAN = "Data contoh. Nomor dan surat di sini tidak berlaku dan tidak masuk buku."
_NAME, _OFFICE = 250, 160  # px at 100 %: what is longer is shortened, whole in the tooltip


class TopBar(QFrame):
    """Fixed height. The search field begins where the list begins, on every screen."""

    def __init__(self, context: ScreenContext, search: SearchBox) -> None:
        super().__init__()
        px, folded, user = look().px, look().folded, context.user
        self.setProperty("plane", "surface")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(px(theme.H_TOP))
        self.lock_button = Button("Kunci", "Ctrl+L", "link", "lock")
        self._time = label("", ink="muted")
        self.office = label("", "head")
        self.show_office(context.profile)
        brand = row(pic("landmark", "accent", 20), self.office, None)
        brand.setFixedWidth(px((theme.W_RAIL_FOLDED if folded else theme.W_RAIL) - S2))
        roles = _shortened(", ".join(role.label for role in user.roles), "caption", _NAME, "muted")
        person = row(
            self._time,
            "~8",
            avatar(initials(user.name)),
            col(None, _shortened(user.name, "bodyb", _NAME), roles, None, gap=1),
        )
        layout = QHBoxLayout(self)
        layout.setSpacing(px(S2))
        layout.setContentsMargins(px(S4), 0, px(S3), 0)
        fill(layout, brand, search, None, person, self.lock_button)
        if folded:  # made visible before they have a parent, they would flash as windows
            self.office.hide()
            person.hide()

    @Slot(object)
    def show_office(self, profile: OfficeProfile) -> None:
        """Name the office."""
        whole = f"Kecamatan {profile.name}".strip()
        fits = text_width(whole, "head") <= look().px(_OFFICE)
        _shorten(self.office, whole if fits else f"Kec. {profile.name}", "head", _OFFICE)
        self.office.setToolTip(whole)

    def show_time(self, now: datetime) -> None:
        """Show the office's time."""
        self._time.setText(top_time(now))


def _shortened(text: str, kind: str, width: int, ink: str = "text") -> QLabel:
    words = label("", kind, ink)
    _shorten(words, text, kind, width)
    return words


def _shorten(words: QLabel, text: str, kind: str, width: int) -> None:
    metrics, middle = QFontMetrics(look().font(kind)), Qt.TextElideMode.ElideMiddle
    words.setText(metrics.elidedText(text, middle, look().px(width)))
    words.setToolTip(text)
    words.setAccessibleName(text)


def ribbon() -> QFrame:
    """Give the ribbon practice wears."""
    band = row(
        None,
        pic("graduation-cap", "on_drill", 20),
        label("LATIHAN", "head", "on_drill"),
        label(_LATIHAN, "body", "on_drill"),
        None,
        plane="drill",
    )
    band.setFixedHeight(look().px(32))
    band.setAccessibleName(f"LATIHAN. {_LATIHAN}")
    return band
