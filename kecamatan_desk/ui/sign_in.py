"""The sign-in page: who works, PIN or password, and which data to open.

It is on screen before the data are open. Letters choose the person, figures go to the PIN; after a
sign-in by password the PIN is enough for the rest of the day. Where a password is asked the
keyboard rests on the people until Enter or Tab: letters choose there too.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QVBoxLayout,
)

from kecamatan_desk import __version__
from kecamatan_desk.ui.backup_words import Told
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, box, col, label, pic, restyle, row
from kecamatan_desk.ui.people_tiles import PeopleTiles
from kecamatan_desk.ui.preferences import SCALES
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5, S6
from kecamatan_desk.ui.tile import Tile
from kecamatan_desk.ui.way_in import WayIn
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserRow

_LETTERS_CHOOSE = (
    "Huruf di sini memilih orang, jadi kata sandi belum terketik. Tekan {} dahulu, lalu ketik kata "
    "sandi dari awal. Esc: pilih orang lagi."
)
_FULL = "Cakram penuh: halaman ini melanjutkan sendiri begitu ada ruang."
_ROOM_AGAIN = "Cakram sudah ada ruang. Silakan masuk: ketik PIN atau kata sandi sekali lagi."
_BY_PIN = "Huruf awal nama memilih orang, angka langsung mengisi PIN"
_BY_PASSWORD = "Huruf awal nama memilih orang, Enter ke kata sandi"


class SignInPage(QFrame):
    """Tiles of the people, and the way in.

    Signals:
        password_given: User name and password.
        pin_given: User name and PIN.
        place_asked: True for practice, False for the office.
        scale_asked: Another text scale.
        recovery_asked: This administrator has forgotten his password.
        restore_asked: The data cannot be read: bring a backup back.
    """

    password_given = Signal(str, str)
    pin_given = Signal(str, str)
    place_asked = Signal(bool)
    scale_asked = Signal(float)
    recovery_asked = Signal(str)
    restore_asked = Signal()

    def __init__(self, practice: bool = False) -> None:
        super().__init__()
        self.setProperty("plane", "bg")
        self.users: tuple[UserRow, ...] = ()
        self._practice = practice
        self.people = PeopleTiles()
        self.tiles = self.people.group
        self.way = WayIn()
        self.name, self.roles = self.way.name, self.way.roles
        self.secret, self.problem = self.way.secret, self.way.problem
        self.pad, self.go_button = self.way.pad, self.way.go_button
        self.other_way, self.forgotten = self.way.other_way, self.way.forgotten
        self._build_left(practice)
        frame = row((self._left, 1), self.way, gap=0, pad=(1, 1, 1, 1), card="true")
        foot = row(
            None,
            label(f"Kecamatan Desk {__version__}   ·   Tanpa internet", "caption", "muted"),
            "~16",
            label("Ukuran teks", "caption", "muted"),
            *self._scale_buttons(),
            None,
            gap=S2,
        )
        inside = col(
            None, row(None, frame, None), foot, None, gap=S4, plane="bg", pad=(S4, S4, S4, S4)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll_area(inside))
        self.show_place(practice)  # of no window yet, a tile shown would be one of its own
        self._connect()
        self.show_waiting("Membuka data …")

    # Building

    def _build_left(self, practice: bool) -> None:
        px = look().px
        self.office_name = label("Kecamatan Desk", "title")
        self.regency = label("", ink="muted")
        self._question = label("Siapa yang bekerja?", "bodyb")
        self._hint = label(_BY_PIN, "caption", "muted")
        self.waiting = label("", ink="muted", wrap=True)
        self.places = QButtonGroup(self)
        office = Tile(
            pic("landmark", "accent", 20),
            "Kantor",
            "Data sesungguhnya. Nomor masuk buku.",
            "place-office",
        )
        drill = Tile(
            pic("graduation-cap", "drill", 20),
            "Latihan",
            "Data contoh. Tidak ada yang masuk buku.",
            "place-practice",
        )
        drill.setProperty("place", "drill")  # violet means practice, and nothing else
        for number, tile in enumerate((office, drill)):
            self.places.addButton(tile, number)
        self.backup = label("", "caption", wrap=True)
        self.backup.setObjectName("backup-age")
        self._backup_pic = pic("circle-check", "ok")
        self._backup_row = row(col(self._backup_pic, None), (self.backup, 1), gap=S2)
        self._backup_row.hide()
        self.restore_button = Button(
            "Pulihkan dari cadangan", "F8", "primary", "history", name="restore-backup"
        )
        self.restore_button.setShortcut("F8")
        self._restore_row = row(self.restore_button, None)
        self._restore_row.hide()
        self._left = col(
            row(
                pic("landmark", "accent", 24),
                col(self.office_name, self.regency, gap=0),
                None,
                gap=S3,
            ),
            "~12",
            row(self._question, None, self._hint),
            self.people,
            self.waiting,
            self._restore_row,
            "~12",
            label("Buka data", "bodyb"),
            box(look().folded, office, drill, gap=S2),
            self._backup_row,
            None,
            gap=S2,
            pad=(S6, S5, S6, S5),
        )
        self._left.setMinimumWidth(px(348 if look().folded else 656))
        self._left.setMinimumHeight(px(0 if look().folded else 508))  # as with eight people

    def _scale_buttons(self) -> list[Button]:
        self.scales = QButtonGroup(self)
        buttons = []
        for number, scale in enumerate(SCALES):
            button = Button(f"{round(scale * 100)} %", kind="link", name=f"scale-{number}")
            button.setEnabled(scale != look().scale)
            self.scales.addButton(button, number)
            buttons.append(button)
        return buttons

    def _connect(self) -> None:
        other = QAction(self)
        other.setShortcut(QKeySequence("Ctrl+K"))
        other.triggered.connect(self._change_way)
        self.addAction(other)
        self.people.chosen.connect(self._choose)
        self.people.clicked.connect(self._pick)
        self.people.entered.connect(self._go_to_secret)
        self.people.typed.connect(self._begin_secret)
        self.people.unknown.connect(self._tell_letters)
        self.people.again.connect(self._choose_again)
        self.places.idClicked.connect(self._choose_place)
        self.scales.idClicked.connect(self._choose_scale)
        self.secret.installEventFilter(self)
        self.way.given_nothing.connect(self.people.end_name)
        self.way.password_given.connect(self.password_given)
        self.way.pin_given.connect(self.pin_given)
        self.way.recovery_asked.connect(self.recovery_asked)
        self.way.turned.connect(self._show_hint)
        self.other_way.clicked.connect(self._change_way)
        self.restore_button.clicked.connect(self.restore_asked)

    # What the application shows

    def show_waiting(self, message: str) -> None:
        """Show a sentence where the people will be: data are being opened, or why they are not."""
        self.users = ()
        self.show_backup(None)
        self._restore_row.hide()
        self.waiting.setText(message)
        self.waiting.show()
        self.people.hide()
        self._question.hide()
        self._hint.hide()
        self.way.close_up()

    def offer_restore(self, message: str) -> None:
        """Say why the data cannot be read, and offer the way on."""
        self.show_waiting(message)
        self._restore_row.show()
        self.restore_button.setFocus()

    def show_place(self, practice: bool, *, only: bool = False) -> None:
        """Mark which data are open. *only*: the data named at the start are a practice's."""
        office, drill = self.places.button(0), self.places.button(1)
        (drill if practice else office).setChecked(True)
        office.setVisible(not only)
        office.setEnabled(True)
        drill.setEnabled(True)

    def hold_places(self) -> None:
        """Offer no other data while some are being opened."""
        for tile in self.places.buttons():
            tile.setEnabled(False)

    def show_people(
        self,
        profile: OfficeProfile,
        users: Sequence[UserRow],
        password: str | None,
        pin: str | None = None,
    ) -> None:
        """Show who may come in. *password*, *pin*: of the practice place, shown to everybody."""
        self.office_name.setText(f"Kecamatan {profile.name}".strip())
        self.regency.setText(profile.regency)
        self._practice = password is not None
        self.waiting.setVisible(self._practice)
        self._restore_row.hide()
        then = f", sesudah masuk sekali cukup PIN {pin}" if pin else ""
        self.waiting.setText(f"Latihan: kata sandi semua orang “{password}”{then}.")
        self._question.show()
        self.people.show()
        self.way.open_up()
        self.users = tuple(users)
        self.people.show_users(self.users)
        before = self.way.user.username if self.way.user else ""
        names = [user.username for user in self.users]
        if names:
            self.people.mark(names.index(before) if before in names else 0)
            self._choose(self.tiles.checkedId())
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Let the keyboard rest where one goes on: on the people, else on the secret."""
        if self.way.by_pin or len(self.users) == 1:
            self.secret.setFocus()
        else:
            self.people.take_focus()

    def show_backup(self, told: Told | None) -> None:
        """Show how old the backups of these data are; None: of practice nobody asks."""
        self._backup_row.setVisible(told is not None)
        if told is not None:
            self._backup_pic.show_icon(told.glyph, told.ink)
            self.backup.setText(told.text)
            restyle(self.backup, ink="muted" if told.ink == "ok" else told.ink)

    def show_why(self, message: str) -> None:
        """Say why the window locked by itself, above the people."""
        self.waiting.setText(
            f"{message} {self.waiting.text()}" if not self.waiting.isHidden() else message
        )
        self.waiting.show()

    def show_full(self, *, opened: bool) -> None:
        """Say that a full disk is watched; *opened*: it keeps somebody out, else all of them."""
        if opened:
            self.show_why(_FULL)
        else:
            self.waiting.setText(f"{self.waiting.text()} {_FULL}")

    def show_room_again(self) -> None:
        """The disk has room again; whoever was kept out types anew, nobody else uses his typing."""
        self.problem.clear()
        self.waiting.setText(self.waiting.text().replace(_FULL, _ROOM_AGAIN))

    def show_problem(self, message: str) -> None:
        """Show why nobody came in; the secret is typed anew."""
        self.way.setEnabled(True)
        self.problem.setText(message)
        self.secret.clear()
        self.secret.setFocus()

    def forget_typing(self, minutes: int) -> None:
        """Nobody has used the page: what was typed of a secret does not wait for another."""
        if self.secret.text() and self.way.isEnabled():
            self.secret.clear()
            self.problem.setText(f"{minutes} menit tidak dipakai: yang diketik di sini dihapus.")

    # What the user does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.users:
                down = event.key() == Qt.Key.Key_Down
                self.people.step(1 if down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.way.by_pin and not self.secret.text():
                self.people.take_focus()
                return True
            letter = event.text()
            if self.people.stopped and self._take_while_stopped(event):
                return True
            if letter.isalpha() and (self.way.by_pin or self.people.is_naming):
                self.people.choose_by_letter(letter)
                return True
        return super().eventFilter(watched, event)

    def _take_while_stopped(self, event: QKeyEvent) -> bool:
        """At the PIN: swallow what is typed of a password; Esc ends that, other keys go on."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.people.end_name()
            self._choose_again()
        elif event.text().isprintable() and event.text().strip():
            self.people.stop()
        else:
            self.people.end_name()
            return False
        return True

    @Slot()
    def _choose_again(self) -> None:
        self.problem.clear()

    @property
    def columns(self) -> int:
        """Tiles side by side."""
        return self.people.columns

    @Slot(int)
    def _choose(self, place: int) -> None:
        """Ask for the secret of somebody; a PIN may be typed at once, wherever the keyboard is."""
        user = self.users[place]
        self.way.ask(user, practice=self._practice)
        if not self.way.by_pin and self.secret.hasFocus() and len(self.users) > 1:
            self.people.take_focus()  # a letter chose him: the next one may choose another

    @Slot(int)
    def _pick(self, place: int) -> None:
        """A click says that it is he: on to his secret."""
        self.people.end_name()
        self._choose(place)
        self.secret.setFocus()

    @Slot()
    def _go_to_secret(self) -> None:
        self.secret.setFocus()

    @Slot(str)
    def _begin_secret(self, typed: str) -> None:
        """A figure is nobody's name: it begins the PIN or the password.

        Behind letters it shows that a password is being typed whose beginning has chosen people.
        """
        if self.people.stopped or (self.people.has_letters and not self.way.by_pin):
            self.people.stop()
            return
        self.people.end_name()
        self.secret.setFocus()
        self.secret.insert(typed)
        self.way.note_typing(self.secret.text())

    @Slot()
    def _tell_letters(self) -> None:
        self.problem.setText(_LETTERS_CHOOSE.format("Ctrl+K" if self.way.by_pin else "Enter"))

    @Slot()
    def _change_way(self) -> None:
        self.people.end_name()
        self.way.turn()

    @Slot(bool)
    def _show_hint(self, by_pin: bool) -> None:
        self._hint.setText(_BY_PIN if by_pin else _BY_PASSWORD)
        self._hint.setVisible(not look().folded)

    @Slot(int)
    def _choose_place(self, number: int) -> None:
        self.place_asked.emit(number == 1)

    @Slot(int)
    def _choose_scale(self, number: int) -> None:
        self.scale_asked.emit(SCALES[number])
