"""What ends a draft at the counter: taken in, taken in with a further service, sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot

from kecamatan_desk.ui.screens.intake_checks import (
    failing_hindrance,
    form_hindrance,
    marked_words,
    passing_hindrance,
)
from kecamatan_desk.usecases.intake import fail_at_counter, pass_at_counter, take_in
from kecamatan_desk.usecases.values import Receipt

if TYPE_CHECKING:
    from kecamatan_desk.ui.screens.new_request import NewRequestScreen

TAKE, FURTHER, FAIL = "terima", "tambah", "tms"


class DraftEnding(QObject):
    """One act at a time; what is typed is on disk before it is done."""

    def __init__(self, screen: NewRequestScreen) -> None:
        super().__init__(screen)
        self._act = ""  # asked for and not answered yet

    @property
    def _screen(self) -> NewRequestScreen:
        """The screen it belongs to; kept by Qt alone, so that a dropped screen is freed."""
        return cast("NewRequestScreen", self.parent())

    @property
    def asked(self) -> bool:
        """Whether an act is under way."""
        return bool(self._act)

    @property
    def decides(self) -> bool:
        """OSS and complaints: the first decision is taken here, at the counter."""
        service = self._screen.form.service
        return service is not None and service.steps[1].decision

    def give_up(self) -> None:
        """It was refused, or the draft is put away: an act may be asked for again."""
        self._act = ""

    @Slot()
    def take(self) -> None:
        """F12: take in; where the decision falls here, pass."""
        self._end(TAKE)

    @Slot()
    def take_further(self) -> None:
        """Ctrl+T: the same, and another service for the same applicant."""
        self._end(FURTHER)

    @Slot()
    def fail(self) -> None:
        """F8: back to the applicant (OSS, complaints)."""
        self._end(FAIL)

    def _end(self, act: str) -> None:
        keeper = self._screen.keeper
        if self._act or keeper is None or not self._can_end(act):
            return
        self._act = act
        keeper.touch()
        keeper.when_saved(self._end_now)

    def _can_end(self, act: str) -> bool:
        screen = self._screen
        keeper = screen.keeper
        kept = keeper is not None and keeper.on_disk
        text = form_hindrance(screen.form, kept=kept)
        if not text and self.decides:
            hindrance = failing_hindrance if act == FAIL else passing_hindrance
            text = hindrance(screen.papers)
        if text:
            screen.parts.show_fields()
            screen.complain(text)
        return not text

    def _end_now(self) -> None:
        keeper = self._screen.keeper
        if keeper is None or keeper.seen is None:
            self._act = ""
            return
        usecase = pass_at_counter if self.decides else take_in
        if self._act == FAIL:
            usecase = fail_at_counter
        self._screen.background.command(
            self._finish, usecase, keeper.op_id, keeper.seen, self._screen.draft.input()
        )

    def _finish(self, receipt: Receipt) -> None:
        screen, act = self._screen, self._act
        name = str(screen.form.values().get("nama", ""))
        marked = marked_words(screen.papers)
        screen.draft.end()
        in_folder = screen.folder.folder is not None
        screen.after.show_done(receipt, name, in_folder, marked)
        if act == FURTHER:
            screen.ask_further()
        if act == FAIL or not (act == FURTHER or in_folder):
            screen.after.print_paper()
