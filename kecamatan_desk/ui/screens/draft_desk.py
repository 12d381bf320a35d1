"""The draft in hand at the counter: begun, gone on with, put away, kept while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Slot

from kecamatan_desk.domain.errors import DeskError, DiskFullError
from kecamatan_desk.ui.format import clock_time, moment_text
from kecamatan_desk.ui.kept_words import UNKEPT, kept_without_code, not_kept
from kecamatan_desk.ui.screens.begun_drafts import BegunDrafts
from kecamatan_desk.ui.screens.draft_keeper import DraftKeeper
from kecamatan_desk.ui.screens.draft_start import NEW, answers_of, begun
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.usecases.draft_values import Draft, DraftInput, DraftSaved
from kecamatan_desk.usecases.intake import draft as stored_draft
from kecamatan_desk.workflows.vocabulary import Service

if TYPE_CHECKING:
    from kecamatan_desk.ui.screens.new_request import NewRequestScreen


class DraftDesk(QObject):
    """One draft at a time; ``known`` are values the next one begins with."""

    def __init__(self, screen: NewRequestScreen) -> None:
        super().__init__(screen)
        self.keeper: DraftKeeper | None = None
        self.known: Mapping[str, Any] = {}
        self.begun = BegunDrafts(screen.context)
        self._bundle_id: int | None = None
        self._kept_at: datetime | None = None  # when the draft was stored last
        self._tinted = False  # a further service: what is known is tinted
        self.begun.chosen.connect(self.take_up)
        screen.context.pad.kept.connect(self._show_kept)
        screen.context.pad.lost.connect(self._show_kept)

    @property
    def _screen(self) -> NewRequestScreen:
        """The screen it belongs to; kept by Qt alone, so that a dropped screen is freed."""
        return cast("NewRequestScreen", self.parent())

    def begin(self, service: Service) -> None:
        """Begin a draft of a service, or turn the one in hand into one of it."""
        screen, fresh = self._screen, self.keeper is None
        keeper = self.keeper or self._new_keeper()
        if fresh:
            self._bundle_id = screen.folder.bundle_id
        screen.form.begin(service)
        screen.papers.show_service(service)
        if fresh:
            screen.form.put({**screen.folder.known_values(), **self.known}, filled=True)
            self.known = {}
        screen.papers.show_data(screen.form.values())
        screen.show_service(service)
        if not fresh:
            keeper.touch()
            screen.form.ask_warnings()
        self._keep_begun()

    def open(self, draft_id: int, tinted: bool = False) -> None:
        """Go on with a stored draft; ``tinted``: what it holds is to be looked at."""
        self._tinted = tinted
        self._screen.background.query(self._resume, stored_draft, draft_id)

    def _resume(self, draft: Draft) -> None:
        screen, service = self._screen, service_of(draft.service)
        if service is None:
            return
        self.put_away()
        keeper = self._new_keeper()
        keeper.adopt(
            DraftSaved(draft.id, draft.version, draft.file_code, screen.background.desk.clock())
        )
        self._bundle_id = draft.bundle_id
        screen.form.begin(service)
        screen.form.put(draft.values, filled=self._tinted)
        screen.form.put_unread(draft.unread)
        screen.papers.show_service(service, draft.answers)
        screen.papers.show_data(screen.form.values())
        screen.show_service(service)
        screen.bar.show_saved(f"Draf {draft.file_code}")
        screen.form.ask_warnings()
        screen.form.start()
        self._tell_writer(draft)

    def _tell_writer(self, draft: Draft) -> None:
        """Another clerk's typing is his: whoever goes on with it knows."""
        context = self._screen.context
        if draft.saved_by not in ("", context.user.name) and draft.saved_at is not None:
            at = moment_text(draft.saved_at, context.zone, today(context))
            self._screen.say(f"Draf {draft.file_code} terakhir diketik {draft.saved_by}, {at}.")

    @Slot()
    def take_up_begun(self) -> None:
        """Go on with what was typed before it had a file code, and was not put away."""
        screen = self._screen
        body = screen.context.pad.get(NEW)
        self.begun.reload()
        if body is not None and self.keeper is None:
            self._show_begun(body)

    @Slot(str)
    def take_up(self, place: str) -> None:
        """Go on with one of those that were put away before they had a file code."""
        pad = self._screen.context.pad
        body = pad.get(place)
        if body is not None:
            self.put_away()
            self.begun.let_go(place)
            self._show_begun(body)
            pad.drop(place)

    def _show_begun(self, body: Mapping[str, Any]) -> None:
        screen, service = self._screen, service_of(str(body.get("service", "")))
        if service is None:
            return
        bundle = body.get("bundle")
        self._new_keeper(str(body.get("save", "")))
        self._bundle_id = int(bundle) if bundle else None
        screen.form.begin(service)
        screen.form.put_raw(body.get("raw") or {})
        screen.papers.show_service(service, answers_of(body))
        screen.show_service(service)
        self.note_edit()
        self._show_kept()
        screen.form.start()

    def put_away(self) -> None:
        """Clear the screen; a draft that was being typed stays among the drafts."""
        keeper = self.keeper
        if keeper is not None:
            typed = self.input()
            if keeper.stored is None and (typed.values or typed.answers or typed.unread):
                body = begun(typed, self._screen.form.form.raw(), keeper.save_id)
                self.begun.keep(keeper, body)
            self.keeper = None
            keeper.saved.disconnect(self._show_saved)
            keeper.retire(self.begun.note_stored)
        self._clear()

    def end(self) -> None:
        """The draft has become a request: clear the screen."""
        keeper, self.keeper = self.keeper, None
        if keeper is not None:
            keeper.end()
        self._clear()

    def _clear(self) -> None:
        self._bundle_id, self._kept_at = None, None
        self._screen.context.pad.drop(NEW)
        self._screen.clear()

    def input(self) -> DraftInput:
        """Give the draft as it stands on screen, without its id."""
        form, papers = self._screen.form, self._screen.papers
        code = form.service.code if form.service else ""
        return DraftInput(
            code,
            form.values(),
            papers.answers(),
            bundle_id=self._bundle_id,
            unread=form.unread(),
        )

    @Slot()
    def note_edit(self) -> None:
        """Something was typed or answered."""
        if self.keeper is not None:
            self._screen.papers.show_data(self._screen.form.values())
            self.keeper.touch()
            self._keep_begun()

    def _new_keeper(self, save_id: str = "") -> DraftKeeper:
        keeper = DraftKeeper(self._screen.background, self.input, self, save_id)
        keeper.saved.connect(self._show_saved)
        keeper.parted.connect(self._tell_parted)
        keeper.refused.connect(self._note_refusal)
        self.keeper = keeper
        return keeper

    def _keep_begun(self) -> None:
        """Keep what has no file code yet: half a NIK, a service and papers."""
        keeper = self.keeper
        if keeper is not None and keeper.stored is None:
            raw = self._screen.form.form.raw()
            self._screen.context.pad.put(NEW, 0, begun(self.input(), raw, keeper.save_id))

    @Slot(object)
    def _show_saved(self, saved: DraftSaved) -> None:
        context = self._screen.context
        context.pad.drop(NEW)
        self._kept_at = saved.saved_at
        self._screen.parts.show_file(saved.id)
        at = clock_time(saved.saved_at, context.zone)
        self._screen.bar.show_saved(f"{saved.file_code} tersimpan {at}")

    @Slot()
    def _show_kept(self) -> None:
        """Say at the foot whether what has no file code yet is on disk all the same."""
        screen, keeper = self._screen, self.keeper
        pad = screen.context.pad
        if keeper is None or keeper.stored is not None:
            return
        if pad.refusing:
            screen.bar.show_saved(UNKEPT, kept=False)
        elif pad.holds(NEW):
            screen.bar.show_saved(kept_without_code(pad.kept_at, screen.context.zone))

    @Slot(object)
    def _note_refusal(self, error: DeskError) -> None:
        """Say why there is no file code; where the typing itself is lost, that alone counts."""
        screen, keeper = self._screen, self.keeper
        stored = keeper is not None and keeper.stored is not None
        if not isinstance(error, DiskFullError) or not (stored or screen.context.pad.refusing):
            screen.background.tell_refusal(error)
            return
        screen.bar.show_saved(UNKEPT, kept=False)
        words = not_kept(error, self._kept_at or screen.context.pad.kept_at, screen.context.zone)
        screen.background.refused.emit(words, None)

    @Slot(str)
    def _tell_parted(self, who: str) -> None:
        self._screen.ending.give_up()
        self._screen.parts.show_file(None)
        self._screen.complain(
            f"{who} Yang Anda ketik menjadi draf sendiri; bandingkan keduanya pada daftar Draf, "
            "lalu buang yang tidak dipakai."
        )
