"""Many hands take numbers at once: none twice, none left out, whatever is rolled back."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from kecamatan_desk.domain.errors import StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.processing import pass_check
from kecamatan_desk.usecases.values import Seen
from tests.builders import op
from tests.taking_numbers import take, take_in_process
from tests.walking import DeskOf, broken_links, finish, miscounted, papers, rows, started

Given = list[tuple[str, str, int]]


@pytest.fixture(params=["standard", "shipped"])
def driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two SQLite libraries in turn, for this process and those it spawns."""
    if request.param == "standard":
        monkeypatch.setenv("KECAMATAN_DESK_SQLITE", "standard")
    else:
        pytest.importorskip("sqlcipher3", reason="not installed on this machine")
        monkeypatch.delenv("KECAMATAN_DESK_SQLITE", raising=False)
    return str(request.param)


def waiting_files(desk_of: DeskOf, count: int) -> list[tuple[int, int]]:
    """Take in requests that wait for their check."""
    receipts = [started(desk_of, "sktm") for _ in range(count)]
    return [(receipt.request_id, receipt.version) for receipt in receipts]


def shares(files: list[tuple[int, int]], hands: int) -> list[list[tuple[int, int]]]:
    return [files[place::hands] for place in range(hands)]


def assert_gapless(path: Path, given: Given, count: int) -> None:
    """What the receipts promised, what the counters say and what the book holds are one."""
    assert sorted(given) == sorted(
        [("antrian", "2026-05-12", n) for n in range(1, count + 1)]
        + [("sktm", "2026", n) for n in range(1, count + 1)]
    )
    assert miscounted(path) == []
    lines = rows(path, "SELECT number, request_id, letter_number FROM register_line")
    assert sorted(line["number"] for line in lines) == list(range(1, count + 1))
    assert len({line["letter_number"] for line in lines}) == count
    told = rows(path, "SELECT id AS request_id, agenda_number AS number FROM request")
    assert {(r["request_id"], r["number"]) for r in told} == {
        (line["request_id"], line["number"]) for line in lines
    }
    assert broken_links(path) == []


def users_of(desk_of: DeskOf) -> dict[str, int]:
    return {role.value: desk_of(role).user.id for role in (Role.KASI, Role.REGISTER)}


def test_eight_threads_at_once_take_every_number_once(desk_of: DeskOf, driver: str) -> None:
    files, path = waiting_files(desk_of, 40), desk_of(Role.KASI).store.path
    users = users_of(desk_of)
    with ThreadPoolExecutor(8) as threads:
        taking = [
            threads.submit(take, path, users, share, seed)
            for seed, share in enumerate(shares(files, 8))
        ]
        given = [number for taken in taking for number in taken.result()]
    assert_gapless(path, given, 40)


def test_four_processes_at_once_take_every_number_once(desk_of: DeskOf, driver: str) -> None:
    files, path = waiting_files(desk_of, 32), desk_of(Role.KASI).store.path
    users = users_of(desk_of)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as processes:
        taking = [
            processes.submit(take_in_process, str(path), users, share, seed)
            for seed, share in enumerate(shares(files, 4))
        ]
        given = [number for taken in taking for number in taken.result()]
    assert_gapless(path, given, 32)


def test_threads_that_fight_for_the_same_file_give_it_one_number(
    desk_of: DeskOf, driver: str
) -> None:
    """One wins; the others find the file moved on and change nothing."""
    ((request_id, version),) = waiting_files(desk_of, 1)
    kasi = desk_of(Role.KASI)

    def fight(_: int) -> str:
        try:
            kasi.call(pass_check, op(), Seen(request_id, version), papers("sktm"))
        except StaleError:
            return "stale"
        return "won"

    with ThreadPoolExecutor(8) as threads:
        ends = sorted(threads.map(fight, range(8)))
    assert ends == ["stale"] * 7 + ["won"]
    assert rows(kasi.store.path, "SELECT last FROM counter WHERE series = 'antrian'") == [
        {"last": 1}
    ]


def test_the_same_op_id_from_two_threads_is_done_once(desk_of: DeskOf, driver: str) -> None:
    receipt, kasi, op_id = started(desk_of, "sktm"), desk_of(Role.KASI), op()

    def click(_: int) -> object:
        return finish(kasi, receipt, "verifikasi", op_id)

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(click, range(8)))
    assert len(answers) == 1
    assert rows(kasi.store.path, "SELECT last FROM counter WHERE series = 'antrian'") == [
        {"last": 1}
    ]


def test_numbers_that_were_taken_by_both_libraries_run_on(
    desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office may move between the shipped SQLite and the machine's own."""
    pytest.importorskip("sqlcipher3", reason="not installed on this machine")
    files, path = waiting_files(desk_of, 4), desk_of(Role.KASI).store.path
    users, given = users_of(desk_of), []
    for number, file in enumerate(files):
        monkeypatch.setenv("KECAMATAN_DESK_SQLITE", "standard" if number % 2 else "")
        given += take(path, users, [file], number)
    assert_gapless(path, given, 4)
    assert rows(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
