"""The figures of the PIN as buttons, laid out like the number block of a keyboard."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from kecamatan_desk.ui.parts import Button, restyle
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2

_FIGURES = "7894561230"


class PinPad(QWidget):
    """Ten figures, *Hapus* and *Masuk*. Never takes the focus: the field keeps it.

    Signals:
        pressed: A figure.
        erased: Hapus.
        entered: Masuk.
    """

    pressed = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look().px(S2))
        self.figures = QButtonGroup(self)
        for place, figure in enumerate(_FIGURES[:9]):
            grid.addWidget(self._figure(figure), place // 3, place % 3)
        self.erase_button = Button("Hapus", kind="pad", name="pin-erase")
        self.enter_button = Button("Masuk", kind="pad-go", name="pin-enter")
        grid.addWidget(self.erase_button, 3, 0)
        grid.addWidget(self._figure("0"), 3, 1)
        grid.addWidget(self.enter_button, 3, 2)
        for button in (self.erase_button, self.enter_button):
            restyle(button.words, type="bodyb")
            self._size(button)
        self.figures.idClicked.connect(self._press)
        self.erase_button.clicked.connect(self._erase)
        self.enter_button.clicked.connect(self._enter)

    def _figure(self, figure: str) -> Button:
        button = Button(figure, kind="pad", name=f"pin-{figure}")
        restyle(button.words, type="title")
        self.figures.addButton(button, int(figure))
        self._size(button)
        return button

    def _size(self, button: Button) -> None:
        button.setMinimumSize(look().px(80), look().px(54))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @Slot(int)
    def _press(self, figure: int) -> None:
        self.pressed.emit(str(figure))

    @Slot()
    def _erase(self) -> None:
        self.erased.emit()

    @Slot()
    def _enter(self) -> None:
        self.entered.emit()
