"""What this PC remembers: text size, printers, papers. Never anything of the office."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kecamatan_desk.documents.profiles import Profile, Use, profile_from

_log = logging.getLogger(__name__)

SCALES = (1.0, 1.25, 1.5, 2.0)


class Preferences:
    """A small JSON file beside the data. Losing it loses nothing but a habit.

    It is read once, before the window is shown, and written through *run*, which hands the writing
    to the worker; without it at once.
    """

    def __init__(
        self, file: Path, run: Callable[[Callable[[], None]], object] | None = None
    ) -> None:
        self._file, self._run = file, run
        self._values: dict[str, Any] = _loaded(file)

    @property
    def scale(self) -> float:
        """The text scale, 1.0 to 2.0."""
        value = self._values.get("scale")
        return value if value in SCALES else 1.0

    def set_scale(self, scale: float) -> None:
        self._put("scale", scale)

    def printer(self, kind: str) -> str:
        """Give the name of the printer last used for a kind of paper; empty when none was."""
        printers = self._values.get("printers")
        name = printers.get(kind, "") if isinstance(printers, dict) else ""
        return name if isinstance(name, str) else ""

    def set_printer(self, kind: str, name: str) -> None:
        printers = self._values.get("printers")
        kept = dict(printers) if isinstance(printers, dict) else {}
        self._put("printers", {**kept, kind: name})

    def profile(self, use: Use) -> Profile:
        """Give how this kind of document is laid on paper at this PC."""
        profiles = self._values.get("profiles")
        return profile_from(profiles.get(use) if isinstance(profiles, dict) else None, use)

    def set_profile(self, use: Use, profile: Profile) -> None:
        profiles = self._values.get("profiles")
        kept = dict(profiles) if isinstance(profiles, dict) else {}
        self._put("profiles", {**kept, use: profile.stored()})

    def _put(self, name: str, value: object) -> None:
        self._values[name] = value
        text = json.dumps(self._values, indent=1)

        def write() -> None:
            self._write(text)

        if self._run is not None:
            self._run(write)
        else:
            write()

    def _write(self, text: str) -> None:
        if not self._file.parent.is_dir():
            return  # no place has been made there yet: remembered until the program ends
        half = self._file.with_suffix(".half")
        try:
            half.write_text(text, encoding="utf-8")
            half.replace(self._file)
        except OSError as error:
            _log.warning("window preferences not kept: %s", error.strerror)


def _loaded(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
