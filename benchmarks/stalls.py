"""How long the window's thread is ever held up in a scripted day.

A timer beats every 5 ms in the real window (drawn off screen); the longest gap between two beats
is the longest stall. The first day loads the code of the screens; the second is an office's day.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Result

_BEAT = 5  # ms
_AIM = 50.0  # ms


def measure() -> list[Result]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        days = _days(Path(folder))
    return [
        _result("longest stall, first day after the start", days[0]),
        _result("longest stall, next day", days[1], aim=_AIM),
    ]


def _result(name: str, gaps: list[tuple[float, str]], aim: float | None = None) -> Result:
    longest = sorted(gaps, reverse=True)
    over = sum(gap > _AIM for gap, _step in gaps)
    told = "; ".join(f"{gap:.0f} ms {step}" for gap, step in longest[:4])
    return Result(name, longest[0][0], "ms", aim, detail=f"{over} over {_AIM:g} ms; {told}")


def _days(folder: Path) -> list[list[tuple[float, str]]]:
    """Walk the day twice in one window; give the gaps between beats with what was being done."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from kecamatan_desk.__main__ import open_for_window
    from kecamatan_desk.bootstrap import open_place
    from kecamatan_desk.domain.roles import STAFF, Role
    from kecamatan_desk.paths import Place
    from kecamatan_desk.ui import style
    from kecamatan_desk.ui.app import dress
    from kecamatan_desk.ui.dialogs import print_dialog
    from kecamatan_desk.ui.printing import Printing
    from kecamatan_desk.ui.session import Session
    from tests.builders import PROFILE, add_user, user_input
    from tests.ui.scripted_day import PRINTER, Day

    office = open_place(Place(folder / "data", "benchmark"), create="office")
    admin = office.first_setup(PROFILE, user_input(Role.ADMIN))
    for role in STAFF:
        if role is not Role.ADMIN:
            add_user(office, admin, user_input(role))
    office.close()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    dress(app, 1.0)
    print_dialog.ask = _answer_of(print_dialog.PrintChoice(PRINTER))  # type: ignore[assignment]
    places = Place(folder / "data", "benchmark"), Place(folder / "latihan", "benchmark")
    session = Session(*places, open_for_window, 0.0)
    day = Day(session, folder)
    Printing.__init__.__defaults__ = (lambda: [PRINTER], day.printer)  # type: ignore[attr-defined]
    gaps: list[tuple[float, str]] = []
    last = [perf_counter()]

    def beat() -> None:
        now = perf_counter()
        gaps.append(((now - last[0]) * 1000 - _BEAT, day.step))
        last[0] = now

    timer = QTimer()
    timer.setInterval(_BEAT)
    timer.timeout.connect(beat)
    session.start()
    days = []
    for _ in range(2):
        gaps.clear()
        last[0] = perf_counter()
        timer.start()
        day.run()
        timer.stop()
        days.append(list(gaps))
    session.close()
    style.forget()
    return days


def _answer_of(choice: object) -> Callable[..., object]:
    def answer(*_question: object) -> object:
        return choice

    return answer
