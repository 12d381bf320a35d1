"""Starts and stops Qt, in that order."""

from __future__ import annotations

import gc
import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from kecamatan_desk.resources import resource
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.collecting import Collecting
from kecamatan_desk.ui.opening import Opener
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.session import PREFERENCES, Session
from kecamatan_desk.ui.style import Look

if TYPE_CHECKING:
    from kecamatan_desk.paths import Place
    from kecamatan_desk.usecases.restore_run import Holder

_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
_log = logging.getLogger(__name__)


def run(
    office: Place,
    practice: Place,
    opener: Opener,
    started: float,
    *,
    holder: Holder | None = None,
    exit_when_ready: bool = False,
) -> int:
    """Show the window until it is closed, and return the exit status.

    Args:
        office: the office's data.
        practice: the data to practise in.
        opener: opens a place, on the worker, and tells how far it is.
        started: `time.perf_counter()` at the start of the process.
        holder: holds a place for a restore; None: none is offered.
        exit_when_ready: tell how long the first work list took and end, for measurements: only
            in a practice place, where Pelayanan is signed in without asking; else exit status 1.
    """
    QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
    app = QApplication(sys.argv[:1])
    dress(app, Preferences(office.root / PREFERENCES).scale)
    gc.freeze()  # what was loaded until now stays: the first look for garbage passes over it
    Collecting(app)
    session = Session(office, practice, opener, started, exit_when_ready, holder)
    app.styleHints().colorSchemeChanged.connect(session.follow_colors)
    session.start()
    status = app.exec()
    session.close()  # finishes the work in hand, then lets go of the data
    del session  # every widget must be gone before the QApplication is
    style.forget()
    return status


def dress(app: QApplication, scale: float) -> None:
    """Give the application its style, its type and the colours of the system."""
    app.setApplicationName("Kecamatan Desk")
    app.setStyle("Fusion")
    _teach_indonesian(app)
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resource("fonts", f"LiberationSans-{face}.ttf")))
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    width = app.primaryScreen().availableSize().width()
    look = Look(theme.DARK if dark else theme.LIGHT, scale, width)
    app.setFont(look.font())
    style.begin(look)  # the session paints its window in it
    app.setWindowIcon(QIcon(look.icon("landmark", "accent", 40)))


def _teach_indonesian(app: QApplication) -> None:
    """Let Qt's own menus and dialogs speak Indonesian: it ships no words for it."""
    translator = QTranslator(app)
    if translator.load(str(resource("translations", "qtbase_id.qm"))):
        app.installTranslator(translator)
    else:
        _log.error("the Indonesian words for Qt's own dialogs are missing")
