"""The right side of Tutup Buku: what the chosen book is, what blocks it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, Piece, chip, col, label, pic, row
from kecamatan_desk.ui.scratchpad import Scratchpad
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.usecases.book_years import YearOpening, YearTask
from kecamatan_desk.usecases.closing_values import (
    BooksState,
    ClosingRef,
    DayState,
    MonthState,
    Obstacle,
    Reopening,
)
from kecamatan_desk.usecases.proposals import MOST_REASON
from kecamatan_desk.usecases.series import MODES

_REASON = "buka-kembali"  # place on the pad, with the month behind it
_LOCKS = (
    "Sesudah ditutup, buku ini tidak menerima nomor baru atau sisipan. Nomornya tetap dapat "
    "ditandatangani, diserahkan, atau dibatalkan, dengan tanggal pada bulan yang terbuka."
)
_TODAY = (
    "Mencatat nomor hari ini, keputusan yang dicatat dari ceklis, dan sidik rantai, untuk "
    "ditandatangani. Tidak mengunci apa pun, dan boleh diulang bila sesudahnya masih ada kegiatan."
)
_EARLIER = (
    "Ditambah {} nomor bertanggal hari sebelumnya yang diberikan hari ini; halaman hari ini "
    "menyebutnya tersendiri."
)


class ClosingSide(QWidget):
    """Rebuilt for each book that is chosen; small, and never while somebody types in it.

    Signals:
        way_asked: Go where an obstacle is removed (kind of an entry).
        page_asked: Show the page of this closing (its act).
        looked_at: Somebody has looked at this part of the year's checklist (code).
        year_opened: Open this year's book, numbers grouped so (year, mode).
        reopening_asked: Ask for the chosen month to be opened again, with this reason.
        second_asked: Let another person agree at this PC (the proposal).
        reopened: Open it, as another has agreed.
        in_order: Close the open months of the year one after the other.
    """

    way_asked = Signal(str)
    page_asked = Signal(int)
    looked_at = Signal(str)
    year_opened = Signal(int, str)
    reopening_asked = Signal(str)
    second_asked = Signal(int)
    reopened = Signal()
    in_order = Signal()

    def __init__(self, pad: Scratchpad, *, leads: bool) -> None:
        """``pad`` keeps what is typed. ``leads``: the user has the entries obstacles lead to."""
        super().__init__()
        self._pad, self._leads = pad, leads
        self._place = ""  # on the pad: the reason for the month that is shown
        self.reason: QLineEdit | None = None
        self.mode: CalmCombo | None = None
        self.body = QWidget()
        self._shown: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._area = scroll_area(self.body)
        self._layout.addWidget(self._area)

    @property
    def typing(self) -> bool:
        """Whether a reason is begun: the part is not built anew under the hand."""
        return self.reason is not None and bool(self.reason.text())

    @Slot(str)
    def forget_reason(self, period: str) -> None:
        """It is stored: what was typed for this month is done with, whichever is shown now."""
        place = f"{_REASON}:{period}"
        if self.reason is not None and self._place == place:
            self.reason.clear()
        self._pad.drop(place)

    @Slot(str)
    def _keep_reason(self, text: str) -> None:
        if text:
            self._pad.put(self._place, 0, {"text": text})
        else:
            self._pad.drop(self._place)

    def sizeHint(self) -> QSize:
        return QSize(look().px(420), self.body.sizeHint().height())

    def _show(self, *pieces: Piece) -> None:
        focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        name = self.focusWidget().objectName() if focus else ""
        body = col(*pieces, None, gap=S3, pad=(S5, S4, S5, S4), plane="surface")
        self._area.setWidget(body)  # the old one goes with it
        self.body = body
        again = body.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    # what is shown

    def show_nothing(self) -> None:
        """Show an empty side."""
        self.reason = self.mode = None
        self._show()

    def show_day(self, day: DayState, name: str) -> None:
        """Show today's closing line."""
        self.reason = self.mode = None
        figures = _figures(
            (day.lines, "nomor buku"),
            (day.events, "peristiwa"),
            (day.recorded, "keputusan dicatat dari ceklis"),
        )
        dated = _EARLIER.format(grouped(day.earlier)) if day.earlier else ""
        state = chip("rest", "Ada yang belum dicatat", "info")
        if not day.new:
            state = chip("ok", "Tercatat", "check")
        self._show(
            _head(f"Hari ini, {name}", state),
            figures,
            *([_note(dated)] if dated else []),
            _note(_TODAY),
            *self._pages(day),
        )

    def _pages(self, day: DayState) -> list[Piece]:
        return [self._page_button(ref) for ref in day.closings]

    def _page_button(self, ref: ClosingRef) -> QWidget:
        words = ref.told + ("" if ref.printed else " \u00b7 belum dicetak")
        button = Button("Lihat halaman", "", "link", "file-check", name=f"page-{ref.act}")
        button.setAccessibleName(f"Lihat halaman. {words}")
        button.setProperty("act", ref.act)
        button.clicked.connect(self._ask_page)
        # a long name wraps: a button's words would push the page out of its width
        return row((_note(words), 1), button, gap=S3)

    def show_month(
        self, month: MonthState, obstacles: tuple[Obstacle, ...], state: BooksState
    ) -> None:
        """Show a month: its figures, what blocks it, or how it is opened again."""
        self.reason = self.mode = None
        figures = _figures((month.lines, "nomor"), (month.running, "masih berjalan"))
        pieces: list[Piece] = [_head(month.name, _state_chip(month)), figures]
        if not month.closed and month.act is not None:  # opened again: what was signed stays
            pieces.append(_note("Halaman penutup yang terdahulu, sebelum dibuka kembali:"))
            pieces += [self._page_button(ref) for ref in month.pages]
        elif month.told and month.act is not None:
            pieces.append(_note(month.told + ("" if month.printed else "; halaman belum dicetak")))
        if month.closed:
            if month.pages[:-1]:
                pieces.append(_note("Penutupan sebelumnya:"))
                pieces += [self._page_button(ref) for ref in month.pages[:-1]]
            pieces += self._reopening(month, state)
        else:
            pieces += self._obstacles(obstacles) or [_note(_LOCKS)]
        self._show(*pieces)

    def _obstacles(self, obstacles: tuple[Obstacle, ...]) -> list[Piece]:
        found: list[Piece] = []
        for obstacle in obstacles:
            line: list[Piece] = [
                pic("circle-alert", "warn", 16),
                (label(obstacle.text, wrap=True), 1),
            ]
            if obstacle.opens and self._leads:
                button = Button("Ke sana", "", "link", "arrow-right", name=f"way-{obstacle.code}")
                button.setProperty("way", obstacle.opens)
                button.clicked.connect(self._ask_way)
                line.append(button)
            found.append(row(*line, gap=S2))
        return found

    def _reopening(self, month: MonthState, state: BooksState) -> list[Piece]:
        asked = next((one for one in state.reopenings if one.period == month.period), None)
        if asked is not None:
            return ["~4", label("Dibuka kembali", "bodyb"), *self._asked(month, asked, state)]
        if not state.may_close:
            return []
        self.reason = QLineEdit()
        self.reason.setObjectName("reopening-reason")
        self.reason.setAccessibleName("Alasan buku dibuka kembali")
        self.reason.setMaxLength(MOST_REASON)
        self.reason.setPlaceholderText("Alasan, tanpa nama pemohon")
        self._place = f"{_REASON}:{month.period}"
        self.reason.setText(str((self._pad.get(self._place) or {}).get("text", "")))
        self.reason.textEdited.connect(self._keep_reason)
        button = Button("Usulkan dibuka kembali", "", "plain", "undo-2", name="propose-reopening")
        button.clicked.connect(self._propose)
        self.reason.returnPressed.connect(self._propose)
        note = _note("Hanya dengan alasan dan persetujuan Kasi, Sekcam, atau Camat yang lain.")
        return [
            label("Buka kembali bulan ini", "bodyb"),
            note,
            col(self.reason, button, gap=S2) if look().folded else row((self.reason, 1), button),
        ]

    def _asked(self, month: MonthState, asked: Reopening, state: BooksState) -> list[Piece]:
        said = _note(f"Diusulkan oleh {asked.proposer}: {asked.reason}")
        if not asked.agreed:
            waits = chip("rest", "Menunggu persetujuan pejabat lain", "hourglass")
            if not state.may_close:
                return [said, row(waits, None)]
            words = "Persetujuan di tempat atau di kertas"
            second = Button(words, "F4", "plain", "stamp", name="reopening-second")
            second.setProperty("proposal", asked.id)
            second.clicked.connect(self._ask_second)
            return [said, _beside(waits, second)]
        if not state.may_close:
            return [said, row(chip("ok", "Disetujui", "check"), None)]
        button = Button(f"Buka kembali {month.name}", "F8", "plain", "undo-2", name="reopen-month")
        button.clicked.connect(self._reopen)
        return [said, _beside(chip("ok", "Disetujui", "check"), button)]

    def show_year(
        self, state: BooksState, tasks: tuple[YearTask, ...], opening: YearOpening | None
    ) -> None:
        """Show the year's checklist, with what can be done about each part."""
        self.reason = self.mode = None
        closed = state.year_closed
        chip_ = chip("ok", "Tertutup", "lock") if closed else chip("rest", "Terbuka", "book-open")
        pieces: list[Piece] = [_head(f"Tahun {state.year}", chip_)]
        if state.year_act is not None and closed:
            pieces.append(self._page_button(state.year_act))
        obstacles = state.obstacles.get(str(state.year), ())
        if not closed and state.may_close and any(one.code == "bulan" for one in obstacles):
            button = Button(
                "Tutup bulan-bulan yang terbuka, berurutan", "", "plain", "list", name="in-order"
            )
            button.clicked.connect(self._ask_in_order)
            pieces.append(row(button, None))
        for task in tasks:
            pieces.append(self._task(task, state, opening))
        self._show(*pieces)

    def _task(self, task: YearTask, state: BooksState, opening: YearOpening | None) -> QWidget:
        mark = pic("circle-check", "ok", 16) if task.done else pic("hourglass", "muted", 16)
        lines: list[Piece] = [
            row((label(task.title, "bodyb", wrap=True), 1)),
            label(task.told, "caption", "muted", wrap=True),
        ]
        if task.todo:
            lines.append(label(task.todo, "caption", wrap=True))
        if task.by_hand and not task.done and state.may_close:
            button = Button("Sudah ditinjau", "", "link", "check", name=f"looked-at-{task.code}")
            button.setProperty("code", task.code)
            button.clicked.connect(self._look)
            lines.append(row(button, None))
        if task.code == "buka" and not task.done and opening is not None and state.may_close:
            lines.append(self._opening(opening))
        return row(col(mark, None), (col(*lines, gap=S1), 1), gap=S2)

    def _opening(self, opening: YearOpening) -> QWidget:
        self.mode = CalmCombo()
        self.mode.setObjectName("series-mode")
        self.mode.setAccessibleName("Cara pengelompokan nomor")
        for code, words in MODES.items():
            self.mode.addItem(words, code)
        self.mode.setCurrentIndex(list(MODES).index(opening.mode))
        self.mode.setEnabled(not opening.fixed)
        button = Button(f"Buka buku {opening.year}", "", "plain", "book-open", name="open-year")
        button.setProperty("year", opening.year)
        button.clicked.connect(self._open_year)
        return col(self.mode, row(button, None), gap=S2)

    # what is pressed

    @Slot()
    def _ask_way(self) -> None:
        self.way_asked.emit(str(self.sender().property("way")))

    @Slot()
    def _ask_page(self) -> None:
        self.page_asked.emit(int(self.sender().property("act")))

    @Slot()
    def _look(self) -> None:
        self.looked_at.emit(str(self.sender().property("code")))

    @Slot()
    def _open_year(self) -> None:
        if self.mode is not None:
            year = int(self.sender().property("year"))
            self.year_opened.emit(year, str(self.mode.currentData()))

    @Slot()
    def _propose(self) -> None:
        if self.reason is not None:
            self.reopening_asked.emit(self.reason.text())

    @Slot()
    def _ask_second(self) -> None:
        self.second_asked.emit(int(self.sender().property("proposal")))

    @Slot()
    def _reopen(self) -> None:
        self.reopened.emit()

    @Slot()
    def _ask_in_order(self) -> None:
        self.in_order.emit()


def _beside(state: QWidget, button: QWidget) -> QWidget:
    """Set the deed beside its state: below it the page would cut it in two on a small screen."""
    if look().folded:
        return col(row(state, None), row(button, None), gap=S2)
    return row(button, state, None, gap=S3)


def _head(words: str, state: QWidget) -> QWidget:
    return row((label(words, "title", wrap=True), 1), state, gap=S3)


def _note(words: str) -> QWidget:
    return label(words, "body", "muted", wrap=True)


def _state_chip(month: MonthState) -> QWidget:
    if month.closed:
        return chip("ok", "Tertutup", "lock")
    if month.state == "dibuka-kembali":
        return chip("warn", "Dibuka kembali", "undo-2")
    return chip("rest", "Terbuka", "book-open")


def _figures(*figures: tuple[int, str]) -> QWidget:
    parts = [row(label(grouped(n), "head"), label(w, "body", "muted"), gap=S2) for n, w in figures]
    return row(*parts, None, gap=S5)
