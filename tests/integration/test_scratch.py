"""Working text: kept per user and place, told of nobody, erased with the deed and after a month."""

from datetime import timedelta

import pytest

from kecamatan_desk.domain.errors import InputError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, ScratchRecord
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.folders import close_folder, open_folder, open_folders
from kecamatan_desk.usecases.intake import discard_draft, draft, save_draft, take_in
from kecamatan_desk.usecases.processing import cancel
from kecamatan_desk.usecases.scratch import (
    MOST_BODY,
    drop_old_scratch,
    drop_scratch,
    keep_scratch,
    read_scratch,
)
from kecamatan_desk.usecases.scratch_values import ScratchChange
from kecamatan_desk.usecases.values import Seen
from tests.builders import SKTM, DeskOf, SettableClock, op, seen, taken_in


def keep(desk: Desk, place: str, request_id: int = 0, **body: object) -> None:
    desk.call(keep_scratch, (ScratchChange(place, request_id, body),))


def places(desk: Desk) -> list[tuple[str, int, object]]:
    return [(one.place, one.request_id, dict(one.body)) for one in desk.ask(read_scratch)]


def _counted(work: UnitOfWork, record: type[ScratchRecord] | type[EventRecord]) -> int:
    return work.session.query(record).count()


def test_each_user_finds_his_own_as_it_was_last(desk_of: DeskOf) -> None:
    kasi, camat = desk_of(Role.KASI), desk_of(Role.CAMAT)
    keep(kasi, "alasan", 7, text="Tang")
    keep(kasi, "alasan", 7, text="Tanggal")
    keep(camat, "alasan", 7, text="lain")

    assert places(kasi) == [("alasan", 7, {"text": "Tanggal"})]
    assert places(camat) == [("alasan", 7, {"text": "lain"})]


def test_no_event_tells_of_it_and_what_is_dropped_is_gone(desk_of: DeskOf) -> None:
    desk = desk_of(Role.KASI)
    events = desk.ask(_counted, EventRecord)
    keep(desk, "alasan", 7, text="Tang")
    desk.call(drop_scratch, "alasan", 7)

    assert places(desk) == []
    assert desk.ask(_counted, ScratchRecord) == 0
    assert desk.ask(_counted, EventRecord) == events


def test_after_a_month_it_is_not_offered_and_swept(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.KASI)
    keep(desk, "alasan", 7, text="lama")
    clock.advance(days=29)
    keep(desk, "alasan", 8, text="baru")
    assert len(places(desk)) == 2

    clock.advance(days=2)
    assert places(desk) == [("alasan", 8, {"text": "baru"})]
    taken_in(desk_of)  # nothing is erased on a clock that no number vouches for
    desk.call(drop_old_scratch)
    assert desk.ask(_counted, ScratchRecord) == 1


def test_what_nobody_can_have_meant_is_refused(desk_of: DeskOf) -> None:
    desk = desk_of(Role.KASI)
    with pytest.raises(InputError):
        keep(desk, "alasan", 7, text="x" * MOST_BODY)
    assert places(desk) == []


# Drafts


def begin(desk: Desk, session: str, **own: object) -> DraftInput:
    typed = DraftInput("sktm", {**SKTM, **own}, session=session)
    saved = desk.call(save_draft, op(), typed)
    return DraftInput("sktm", typed.values, (), saved.id, session=session, version=saved.version)


def typed_again(before: DraftInput, version: int, **own: object) -> DraftInput:
    values = {**before.values, **own}
    return DraftInput("sktm", values, (), before.id, session=before.session, version=version)


def test_ones_own_autosaves_follow_each_other_freely(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = begin(desk, "layar-1")
    for rt in ("001", "002", "003"):
        saved = desk.call(save_draft, op(), typed_again(first, first.version or 0, rt=rt))

    assert saved.version == first.version
    assert desk.ask(draft, saved.id).values["rt"] == "003"


def test_the_second_of_two_writers_is_told_who_and_when(
    desk_of: DeskOf, admin_desk: Desk, clock: SettableClock
) -> None:
    desk = desk_of(Role.PELAYANAN)
    mine = begin(desk, "layar-1")
    assert mine.id is not None
    stored = desk.ask(draft, mine.id)
    clock.advance(minutes=41)
    other = DraftInput(
        "sktm", stored.values, (), mine.id, session="layar-2", version=stored.version
    )
    later = desk.call(save_draft, op(), typed_again(other, stored.version, alamat="Jalan Lain"))
    assert later.version == stored.version + 1

    with pytest.raises(StaleError, match=r"layar lain pukul 09\.41.*Tidak ada yang hilang"):
        desk.call(save_draft, op(), typed_again(mine, mine.version or 0, alamat="Jalan Ini"))

    assert desk.ask(draft, mine.id).values["alamat"] == "Jalan Lain"
    again = desk.call(save_draft, op(), typed_again(other, later.version, rt="009"))
    assert again.version == later.version


def test_a_first_save_that_comes_again_keeps_what_was_typed_since(desk_of: DeskOf) -> None:
    desk, op_id = desk_of(Role.PELAYANAN), op()
    first = desk.call(save_draft, op_id, DraftInput("sktm", {"nama": "Siti"}, session="a"))

    again = desk.call(save_draft, op_id, DraftInput("sktm", {"nama": "Siti Aminah"}, session="b"))

    assert (again.id, again.file_code) == (first.id, first.file_code)
    assert desk.ask(draft, first.id).values["nama"] == "Siti Aminah"


def test_half_typed_cells_come_back(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    unread = {"nik": "9901", "anak.0.nama": "An", "bukan-isian.0.x": "1"}
    saved = desk.call(save_draft, op(), DraftInput("susunan-keluarga", {}, unread=unread))

    kept = dict(desk.ask(draft, saved.id).unread)
    assert (kept["nik"], kept["anak.0.nama"]) == ("9901", "An")
    assert "bukan-isian.0.x" not in kept


def test_what_was_typed_for_a_draft_goes_with_it(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    thrown, taken = begin(desk, "layar-1"), begin(desk, "layar-2", nik="9901016205880002")
    assert thrown.id is not None
    assert taken.id is not None
    keep(desk, "apa-saja", thrown.id, text="x")
    keep(desk, "apa-saja", taken.id, text="y")

    desk.call(discard_draft, op(), Seen(thrown.id, thrown.version or 0))
    desk.call(take_in, op(), Seen(taken.id, taken.version or 0), taken)

    assert desk.ask(_counted, ScratchRecord) == 0


# Village folders


def test_an_open_folder_is_found_again_until_its_receipt_is_printed(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = desk.call(open_folder, op(), "Ujang Hidayat", "Cibodas", "")
    clock.advance(minutes=5)
    second = desk.call(open_folder, op(), "Dede Rohman", "Mekarsari", "")
    desk.call(save_draft, op(), DraftInput("sktm", SKTM, bundle_id=second))
    clock.advance(days=1)
    desk.call(drop_old_scratch)

    found = desk.ask(open_folders)
    assert [(one.id, one.bearer, one.taken, one.drafts) for one in found] == [
        (second, "Dede Rohman", 0, 1),
        (first, "Ujang Hidayat", 0, 0),
    ]
    assert found[1].opened_at + timedelta(minutes=5) == found[0].opened_at

    desk.call(close_folder, second)
    assert [one.id for one in desk.ask(open_folders)] == [first]


def test_what_anybody_was_typing_for_a_file_ends_with_it(desk_of: DeskOf) -> None:
    receipt = taken_in(desk_of)
    kasi = desk_of(Role.KASI)
    keep(kasi, "alasan", receipt.request_id, text="Tang")

    desk_of(Role.PELAYANAN).call(cancel, op(), seen(receipt), "pemohon pulang")

    assert places(kasi) == []
