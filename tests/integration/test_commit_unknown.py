"""When the disk fails inside COMMIT: nothing is guessed, the file is opened anew and asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from kecamatan_desk.domain.errors import CommitUnknownError, DiskFullError, MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store, sqlite_driver
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft, take_in
from kecamatan_desk.usecases.jobs import register_and_draw
from kecamatan_desk.usecases.office import profile
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.values import Receipt, Seen
from tests.builders import SKTM, DeskOf, checked, op, seen, taken_in
from tests.walking import broken_links, dump, miscounted

IO_ERROR, FULL = "disk I/O error", "database or disk is full"


@contextmanager
def failing(
    store: Store, *, after: bool, said: str = IO_ERROR, times: int = 1
) -> Iterator[list[str]]:
    """Let the next COMMIT end in an error: before anything is stored, or after all of it is.

    The fault sits where the driver is called, so that SQLAlchemy wraps and rolls back as always.
    """
    engine = store._writer  # noqa: SLF001 - the only way to its connections
    dialect, real, failed = engine.dialect, engine.dialect.do_commit, list[str]()

    def broken(connection: Any) -> None:
        if len(failed) == times:
            return real(connection)
        failed.append(said)
        if after:
            real(connection)
        raise sqlite_driver().OperationalError(said)

    dialect.do_commit = broken  # type: ignore[method-assign]
    try:
        yield failed
    finally:
        dialect.do_commit = real  # type: ignore[method-assign]


def handles(store: Store) -> list[int]:
    """Collect every connection that is opened from now on."""
    opened: list[int] = []

    def note(connection: Any, _record: object) -> None:
        opened.append(id(connection))

    for engine in (store._writer, store._reader):  # noqa: SLF001
        event.listen(engine, "connect", note)
    return opened


def test_a_deed_that_was_stored_after_all_answers_with_its_receipt(desk_of: DeskOf) -> None:
    request = checked(desk_of)
    desk, op_id = desk_of(Role.REGISTER), op()
    opened = handles(desk.store)

    with failing(desk.store, after=True) as failed:
        receipt = desk.call(give_agenda_number, op_id, seen(request))

    assert failed == [IO_ERROR]
    assert receipt.agenda_number == 1
    assert opened  # through handles that have not failed
    assert desk.call(give_agenda_number, op_id, seen(request)) == receipt  # nor done twice
    assert miscounted(desk.store.path) == []
    assert broken_links(desk.store.path) == []


def test_a_deed_that_was_not_stored_is_told_so_and_spends_nothing(desk_of: DeskOf) -> None:
    request = checked(desk_of)
    desk, op_id = desk_of(Role.REGISTER), op()
    before = dump(desk.store.path)

    with failing(desk.store, after=False), pytest.raises(MachineError) as told:
        desk.call(give_agenda_number, op_id, seen(request))

    assert "tidak tersimpan dan nomor tidak terpakai" in str(told.value)
    assert not isinstance(told.value, CommitUnknownError)
    assert dump(desk.store.path) == before
    assert desk.call(give_agenda_number, op_id, seen(request)).agenda_number == 1


def test_a_letter_is_drawn_for_a_number_that_was_stored_after_all(desk_of: DeskOf) -> None:
    request = checked(desk_of)
    desk = desk_of(Role.REGISTER)

    with failing(desk.store, after=True):
        receipt = register_and_draw(desk, op(), seen(request))

    with desk.store.reading() as session:
        drawn = session.execute(text("SELECT COUNT(*) FROM document")).scalar()
    assert (receipt.agenda_number, drawn) == (1, 1)


@pytest.mark.parametrize("after", [True, False])
def test_the_first_save_of_a_draft_is_looked_up_too(desk_of: DeskOf, after: bool) -> None:
    desk, op_id = desk_of(Role.PELAYANAN), op()

    def save() -> Any:
        return desk.call(save_draft, op_id, DraftInput("sktm", SKTM))

    with failing(desk.store, after=after):
        if after:
            assert save().file_code
        else:
            with pytest.raises(MachineError, match="tidak tersimpan"):
                save()

    saved = save()
    with desk.store.reading() as session:
        assert session.execute(text("SELECT COUNT(*) FROM request")).scalar() == 1
    shown = Seen(saved.id, saved.version)
    done = desk.call(take_in, op(), shown, DraftInput("sktm", SKTM, id=saved.id))
    assert isinstance(done, Receipt)


def test_what_leaves_no_trace_of_its_own_is_told_as_unknown(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = desk.call(save_draft, op(), DraftInput("sktm", SKTM))

    with failing(desk.store, after=True), pytest.raises(CommitUnknownError) as told:
        desk.call(save_draft, op(), DraftInput("sktm", SKTM, id=first.id))

    assert "belum dapat dipastikan" in str(told.value)
    assert "riwayat" in str(told.value)


def test_a_disk_that_is_gone_altogether_is_told_as_unknown(
    desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = checked(desk_of)
    desk = desk_of(Role.REGISTER)

    def gone(*_: object) -> None:
        raise MachineError("Berkas data tidak dapat dibuka.")

    monkeypatch.setattr(desk, "ask", gone)
    with failing(desk.store, after=True), pytest.raises(CommitUnknownError, match="Jangan diulang"):
        desk.call(give_agenda_number, op(), seen(request))


def test_a_full_disk_in_commit_is_no_riddle(desk_of: DeskOf) -> None:
    """The first refusal lets go of the room kept back; at the second the deed is refused."""
    first, second = checked(desk_of), checked(desk_of, nik="9901015404910002")
    desk = desk_of(Role.REGISTER)

    with failing(desk.store, after=False, said=FULL) as failed:
        assert desk.call(give_agenda_number, op(), seen(first)).agenda_number == 1
    assert failed == [FULL]

    full = failing(desk.store, after=False, said=FULL, times=2)
    with full as failed, pytest.raises(DiskFullError):
        desk.call(give_agenda_number, op(), seen(second))

    assert failed == [FULL, FULL]
    assert desk.call(give_agenda_number, op(), seen(second)).agenda_number == 2
    assert miscounted(desk.store.path) == []


def test_the_desk_works_on_after_the_fault(desk_of: DeskOf) -> None:
    request = checked(desk_of)
    desk: Desk = desk_of(Role.REGISTER)
    with failing(desk.store, after=True):
        desk.call(give_agenda_number, op(), seen(request))

    assert desk.ask(profile).name == "Sukamaju"
    assert taken_in(desk_of, nama="Orang Kedua").file_code
