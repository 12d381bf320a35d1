"""Restoring: what was backed up comes back, and no number on paper is ever given again."""

import io
import json
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import (
    DeskError,
    InputError,
    MachineError,
    NotAllowedError,
    PresenceError,
    RuleError,
)
from kecamatan_desk.domain.progress import Cancelled
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import MARK, generations
from kecamatan_desk.persistence.journal import read_highest
from kecamatan_desk.usecases import restoring
from kecamatan_desk.usecases.attachments import add_scan, scan_pdf
from kecamatan_desk.usecases.backup_values import UnsoundError
from kecamatan_desk.usecases.backups import (
    BackupChoices,
    back_up_now,
    back_up_when_due,
    bring_journal_up,
    save_choices,
    state,
)
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import FRESH, Desk
from kecamatan_desk.usecases.drill import drill
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.recovery import adopt, new_key
from kecamatan_desk.usecases.restore_planning import discard, plan_restore
from kecamatan_desk.usecases.restore_rights import by_key, by_password, may_restore
from kecamatan_desk.usecases.restore_values import Restored, RestorePlan, Restorer
from kecamatan_desk.usecases.restoring import carry_out
from tests.builders import PASSWORD, SettableClock, handed_over, op, registered, taken_in
from tests.reliability.backup_tools import (
    LONGER,
    Stopper,
    counters,
    events,
    files_of,
    flipped,
    in_child,
)
from tests.walking import rows

DeskOf = Callable[[Role], Desk]
SCHEMAS = Path(__file__).parents[1] / "fixtures" / "schemas"
ADMIN = Restorer(10, "Putri Handayani", "akun")
PEOPLE = [("9901011206850002", "Siti Maimunah"), ("9901012301780003", "Yohanes Surya"),
          ("9901016507990004", "Ni Luh Putu"), ("9901014101900009", "Agnes Monika"),
          ("9901015203870010", "Rahmawati"), ("9901011711650011", "Slamet Riyadi")]  # fmt: skip


@pytest.fixture
def saved(desk_of: DeskOf) -> Path:
    """An office with two letters and a backup of it; gives the set's file."""
    registered(desk_of)
    handed_over(desk_of, nik=PEOPLE[0][0], nama=PEOPLE[0][1])
    return back_up_now(desk_of(Role.ADMIN)).local.path


def goes_on(desk_of: DeskOf, amount: int = 2) -> None:
    """Work that no backup has."""
    for nik, name in PEOPLE[1 : 1 + amount]:
        registered(desk_of, nik=nik, nama=name)


def restored(
    place: Place, path: Path, clock: SettableClock, by: Restorer = ADMIN, **how: object
) -> tuple[RestorePlan, Restored]:
    secret = str(how.pop("secret", ""))
    with held(place):
        plan = plan_restore(place, path, now=clock(), secret=secret)
        return plan, carry_out(place, plan, by, now=clock(), secret=secret, **how)  # type: ignore[arg-type]


def worked_on(place: Place, clock: SettableClock, nik: str = PEOPLE[5][0]) -> int:
    """Open a place, register one more letter through all its steps, check; give its number."""
    office = open_place(place, clock=clock)
    try:
        desks: dict[Role, Desk] = {}

        def desk_of(role: Role) -> Desk:
            return desks.setdefault(role, office.sign_in(role.value, PASSWORD))

        desk_of(Role.PELAYANAN).call(confirm_clock, op())
        receipt = registered(desk_of, nik=nik, nama=PEOPLE[5][1])
        bring_journal_up(desks[Role.REGISTER])
    finally:
        office.close()
    report = check_place(place)
    assert report.ok, report.findings
    assert receipt.number is not None
    return receipt.number


def test_yesterday_is_restored_and_no_number_is_given_again(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    goes_on(desk_of)
    office.close()
    old, before = place.current_database, events(place.current_database)
    on_paper = counters(old)

    plan, done = restored(place, saved, clock)

    assert (plan.history, plan.old_seq, plan.lost_events) == (
        "lanjut",
        len(before),
        len(before) - plan.seq,
    )
    assert plan.missing_papers == ()
    assert {(b.series, b.first, b.last) for b in done.blocks} == {
        ("sktm", 3, 4), ("berkas", 3, 4), ("antrian", 3, 4)
    }  # fmt: skip
    assert place.pointer.read_text() == "gen-000002\n"
    assert counters(place.current_database) == on_paper
    event = rows(place.current_database, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")[0]
    told = json.loads(event["payload"])
    assert (event["act"], event["user_name"]) == ("pulihkan", ADMIN.name)
    assert (told["set_seq"], told["set_head"]) == (plan.seq, plan.head)
    assert (told["old_seq"], told["old_head"]) == (before[-1][0], before[-1][2])
    assert events(old) == before
    assert "gen-000002" in (old.parent / MARK).read_text(encoding="utf-8")
    assert worked_on(place, clock) == 5
    assert read_highest(place.journal)[("sktm", "2026")] == 5


def test_a_dead_disk_leaves_the_journal_on_the_stick_and_the_book(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    """A bare PC, a stick with sets and journal, and the book on the table."""
    admin = desk_of(Role.ADMIN)
    key = new_key()
    adopt(admin, op(), key.secret, key.secret)
    stick = tmp_path / "stick"
    stick.mkdir()
    admin.call(save_choices, op(), BackupChoices(second=str(stick)))
    registered(desk_of)
    assert back_up_when_due(admin) is not None
    bring_journal_up(admin)
    goes_on(desk_of, 3)
    office.close()
    shutil.rmtree(place.root)

    with held(place):
        plan = plan_restore(place, stick, now=clock())
        asked = {gap.key: (gap.in_set, gap.in_journal) for gap in plan.asked}
        done = carry_out(place, plan, ADMIN, answers={"sktm/2026": 6}, now=clock())

    assert plan.history == "kosong"
    assert asked["sktm/2026"] == (1, 4)
    assert asked["berkas/2026"] == (1, 4)
    assert asked["antrian/2026-05-12"] == (1, 4)
    assert ("sktm", 2, 6) in {(b.series, b.first, b.last) for b in done.blocks}
    assert not (place.key / "office.pem").exists()
    assert worked_on(place, clock) == 7
    assert (place.key / "office.pem").exists()  # a new one; the old ones go on proving


def test_the_sealed_key_restores_a_bare_pc(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    admin, key, stick = desk_of(Role.ADMIN), new_key(), tmp_path / "stick"
    adopt(admin, op(), key.secret, key.secret)
    registered(desk_of)
    made = back_up_now(admin, stick, encrypt=True).copied
    assert made is not None
    office.close()
    bare = Place(tmp_path / "bare" / "data", "default")

    with held(bare):
        for wrong, said in (
            ("", "disandikan"),
            (new_key().secret, "tidak membuka"),
            ("x", "74 tanda"),
        ):
            with pytest.raises(InputError, match=said):
                plan_restore(bare, made.path, now=clock(), secret=wrong)
        plan = plan_restore(bare, made.path, now=clock(), secret=key.secret)
        done = carry_out(bare, plan, by_key(plan), secret=key.secret, now=clock())

    assert (plan.encrypted, plan.sealed, done.blocks) == (True, True, ())
    assert events(bare.current_database)[:-1] == events(place.current_database)
    assert {p.name for p in bare.documents.rglob("*.pdf")} == {
        p.name for p in place.documents.rglob("*.pdf")
    }
    last = rows(bare.current_database, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")[0]
    assert (last["user_id"], json.loads(last["payload"])["by"]) == (0, "kunci")
    assert worked_on(bare, clock) == 2


def test_an_old_key_opens_what_was_made_in_its_time(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    admin, keys, stick = desk_of(Role.ADMIN), [new_key(), new_key()], tmp_path / "stick"
    registered(desk_of)
    made = []
    for key in keys:
        adopt(admin, op(), key.secret, key.secret)
        copied = back_up_now(admin, stick, encrypt=True).copied
        assert copied is not None
        made.append(copied.path)
        clock.advance(hours=1)
    office.close()
    for n, (path, key, other) in enumerate(zip(made, keys, reversed(keys), strict=True)):
        bare = Place(tmp_path / f"bare{n}", "test")
        with held(bare), pytest.raises(InputError, match="tidak membuka"):
            plan_restore(bare, path, now=clock(), secret=other.secret)
        plan, _ = restored(bare, path, clock, secret=key.secret)
        assert plan.missing_papers == ()
        assert check_place(bare).ok


@pytest.mark.parametrize("damage", ["garbage", "cut", "gone", "page"])
def test_a_damaged_database_is_replaced(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path, damage: str
) -> None:
    goes_on(desk_of)
    office.close()
    database = place.current_database
    content = database.read_bytes()
    if damage == "gone":
        database.unlink()
    else:
        half = len(content) // 2
        database.write_bytes({"garbage": b"x" * 9000, "cut": content[:half]}.get(
            damage, content[:half] + b"\xff" * 4096 + content[half + 4096 :]))  # fmt: skip

    _, done = restored(place, saved, clock)

    assert {(b.series, b.last) for b in done.blocks} >= {("sktm", 4), ("berkas", 4)}
    assert worked_on(place, clock) == 5


def test_the_password_in_the_backup_counts_where_nothing_else_does(
    office: Office, place: Place, clock: SettableClock, saved: Path, tmp_path: Path
) -> None:
    office.close()
    bare = Place(tmp_path / "bare", "test")
    with held(bare):
        plan = plan_restore(bare, saved, now=clock())
        for name, password in (
            ("admin", "salah sekali ya"),
            ("register", PASSWORD),
            ("nobody", PASSWORD),
        ):
            with pytest.raises(NotAllowedError):
                by_password(plan, name, password)
        with pytest.raises(NotAllowedError):
            by_key(plan)
        assert by_password(plan, "Admin ", PASSWORD).by == "sandi"
        discard(bare, plan)
    assert not bare.root.exists()


def test_only_an_administrator_who_has_just_proved_himself(desk_of: DeskOf) -> None:
    with pytest.raises(NotAllowedError):
        desk_of(Role.CAMAT).ask(may_restore)
    admin = desk_of(Role.ADMIN)
    assert admin.ask(may_restore).name == "Putri Handayani"
    admin.proven_at -= FRESH + 1
    with pytest.raises(PresenceError):
        admin.ask(may_restore)


def test_answers_that_cannot_be_are_refused(
    office: Office, place: Place, clock: SettableClock, saved: Path
) -> None:
    office.close()
    before = files_of(place.root)
    for answers, said in (
        ({"sktm/2026": 20_000}, "tidak mungkin"),
        ({"sktm/2026": -1}, "tidak mungkin"),
        ({"sktn/2026": 3}, "tidak ada dalam"),
    ):
        with pytest.raises(InputError, match=said) as refused:
            restored(place, saved, clock, answers=answers)
        assert refused.value.field in answers
        shutil.rmtree(place.root / "gen-000002.half")
    after = files_of(place.root)
    assert {k: v for k, v in after.items() if k in before} == before


def test_the_book_of_a_new_year_is_asked_for(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    registered(desk_of)
    disk = tmp_path / "disk"
    back_up_now(desk_of(Role.ADMIN), disk)
    office.close()
    clock.advance(days=240)  # January
    bare = Place(tmp_path / "bare", "test")

    plan, done = restored(bare, disk, clock, answers={"sktm/2027": 12, "berkas/2027": 40})

    assert {gap.key for gap in plan.asked} >= {
        "sktm/2026",
        "sktm/2027",
        "berkas/2027",
        "antrian/2027-01-07",
    }
    assert [(b.series, b.period, b.first, b.last) for b in done.blocks] == [
        ("berkas", "2027", 1, 40), ("sktm", "2027", 1, 12)
    ]  # fmt: skip
    assert worked_on(bare, clock) == 13


def test_practice_and_office_are_never_mixed(
    office: Office, place: Place, clock: SettableClock, saved: Path, tmp_path: Path
) -> None:
    office.close()
    practice = Place(tmp_path / "latihan", "test")
    open_place(practice, create="practice").close()
    with pytest.raises(RuleError, match="Cadangan ini data kantor"):
        restored(practice, saved, clock)
    beside = Place(tmp_path / "kantor-latihan", "default")
    with pytest.raises(RuleError, match="Cadangan ini data kantor"):
        restored(beside, saved, clock)
    assert not beside.root.exists()

    other = open_place(Place(tmp_path / "other", "test"), create="office", clock=clock)
    from tests.builders import PROFILE, user_input

    other.first_setup(PROFILE, user_input(Role.ADMIN))
    other.close()
    with pytest.raises(RuleError, match="milik kantor lain"):
        restored(Place(tmp_path / "other", "test"), saved, clock)


def foreign(path: Path) -> None:
    path.write_bytes(b"Bukan cadangan. " * 99)


def foreign_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../../evil", "x")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-900])


def newer(path: Path) -> None:
    repack(path, "UPDATE alembic_version SET version_num = '9999'")


def tampered(path: Path) -> None:
    repack(path, "UPDATE counter SET last = last + 1 WHERE series = 'sktm'")


def bomb(path: Path) -> None:
    repack(path, grow=50_000_000)


def repack(path: Path, statement: str = "", grow: int = 0) -> None:
    """Change the database in a set and make its manifest fit, as somebody could by hand."""
    import hashlib

    database = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        database.write_bytes(packed.read("desk.db"))
    if statement:
        connection = sqlite3.connect(database)
        connection.execute("DROP TRIGGER IF EXISTS guard_number_issue_update")
        connection.execute(statement)
        connection.commit()
        connection.close()
        content = database.read_bytes()
        manifest["members"]["desk.db"] = [hashlib.sha256(content).hexdigest(), len(content)]
    else:
        content = database.read_bytes() + b"\0" * grow
    database.unlink()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.json", json.dumps(manifest))
        packed.writestr("desk.db", content)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (foreign, "bukan cadangan"),
        (foreign_zip, "bukan cadangan"),
        (empty, "bukan cadangan"),
        (cut, "rusak|bukan cadangan"),
        (newer, "lebih baru"),
        (tampered, "temuan"),
        (bomb, "rusak"),
    ],
)
def test_what_is_no_sound_backup_is_refused(
    office: Office,
    place: Place,
    clock: SettableClock,
    saved: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    said: str,
) -> None:
    office.close()
    alone = tmp_path / "alone.kdb"  # without its seal: nothing but itself can tell
    shutil.copy(saved, alone)
    damage(alone)
    before = files_of(place.root)

    with pytest.raises(DeskError, match=said):
        restored(place, alone, clock)

    assert files_of(place.root) == before
    assert not list(place.root.glob("*.half"))


def test_a_flipped_bit_is_never_restored(
    office: Office, place: Place, clock: SettableClock, saved: Path, tmp_path: Path
) -> None:
    office.close()
    luck = random.Random(11)
    with held(place):
        for _ in range(60):
            before = flipped(saved, luck)
            with pytest.raises(MachineError, match="rusak atau terpotong"):
                plan_restore(place, saved, now=clock())
            saved.write_bytes(before)
        discard(place, plan_restore(place, saved, now=clock()))


def test_lost_papers_are_told_and_only_accepted_by_name(
    office: Office, place: Place, clock: SettableClock, saved: Path, tmp_path: Path
) -> None:
    office.close()
    alone = tmp_path / "alone.kdb"
    shutil.copy(saved, alone)
    bare = Place(tmp_path / "bare", "test")
    with held(bare):
        plan = plan_restore(bare, alone, now=clock())
        assert len(plan.missing_papers) == 2
        assert not plan.sealed
        with pytest.raises(RuleError, match="2 surat tidak ada"):
            carry_out(bare, plan, ADMIN, now=clock())
        assert not bare.exists
        done = carry_out(bare, plan, ADMIN, accept_missing=True, now=clock())
    assert done.missing_papers == 2
    assert {finding.kind for finding in check_place(bare).findings} == {"surat"}

    # in the old place they still lie, but one of them is damaged
    paper = next(place.documents.rglob("*.pdf"))
    paper.write_bytes(paper.read_bytes() + b"x")
    with held(place):
        plan = plan_restore(place, alone, now=clock())
        assert [Path(name).name for name in plan.missing_papers] == [paper.name]
        assert carry_out(place, plan, ADMIN, accept_missing=True, now=clock()).missing_papers == 1


def test_what_does_not_pass_the_check_at_the_end_is_not_made_current(
    office: Office,
    place: Place,
    clock: SettableClock,
    saved: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.close()
    monkeypatch.setattr(restoring, "_fetched_papers", lambda *_: ())
    bare = Place(tmp_path / "bare", "test")

    with pytest.raises(UnsoundError) as refused:
        restored(bare, saved, clock)

    assert {finding.kind for finding in refused.value.findings} == {"surat"}
    assert not bare.exists


def test_scans_come_back_too(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    counter, picture = desk_of(Role.PELAYANAN), io.BytesIO()
    request = taken_in(desk_of)
    Image.new("RGB", (300, 200), "white").save(picture, "PNG")
    scan = add_scan(counter, op(), request.request_id, "KTP.png", picture.getvalue())
    key, stick = new_key(), tmp_path / "stick"
    adopt(desk_of(Role.ADMIN), op(), key.secret, key.secret)
    back_up_now(desk_of(Role.ADMIN), stick, encrypt=True)
    before = next(p for p in place.attachments.rglob("*") if p.is_file())
    office.close()
    bare = Place(tmp_path / "bare", "test")

    plan, _ = restored(bare, stick, clock, secret=key.secret)

    assert plan.papers == (before.relative_to(place.root).as_posix(),)
    assert (bare.root / plan.papers[0]).read_bytes() == before.read_bytes()
    assert check_place(bare).ok
    opened = open_place(bare, clock=clock)
    assert scan_pdf(opened.sign_in("pelayanan", PASSWORD), scan).startswith(b"%PDF")
    opened.close()


def test_a_damaged_paper_here_is_replaced_from_the_backup(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    registered(desk_of)
    disk = tmp_path / "disk"
    back_up_now(desk_of(Role.ADMIN), disk)
    office.close()
    paper = next(place.documents.rglob("*.pdf"))
    good = paper.read_bytes()
    paper.write_bytes(good[:-1])

    restored(place, disk, clock)

    assert paper.read_bytes() == good
    assert check_place(place).ok


def test_a_copied_directory_of_before_is_restored_too(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    registered(desk_of)
    office.close()
    copy = tmp_path / "copy"
    shutil.copytree(place.root, copy, ignore=shutil.ignore_patterns("lock", "logs", "key"))
    bare = Place(tmp_path / "bare", "test")

    plan, _ = restored(bare, copy, clock)

    assert plan.made_at <= clock()
    assert worked_on(bare, clock) == 2


def test_a_set_of_an_older_schema_is_proved_before_it_is_upgraded(
    tmp_path: Path, clock: SettableClock
) -> None:
    old = Place(tmp_path / "old", "test")
    with zipfile.ZipFile(SCHEMAS / "0002.zip") as packed:
        packed.extractall(old.root)
    open_place(old, clock=clock).close()
    alone = tmp_path / "alone.kdb"
    shutil.copy(next(old.backups.glob("sets/*.kdb")), alone)
    repack(alone, "UPDATE number_issue SET number = 9 WHERE series = 'sktm' AND number = 2")

    with pytest.raises(UnsoundError, match="tidak dipulihkan"):
        restored(Place(tmp_path / "bare", "test"), alone, clock)


@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_a_set_of_an_older_schema_is_upgraded(
    tmp_path: Path, clock: SettableClock, schema: str
) -> None:
    old, bare = Place(tmp_path / "old", "test"), Place(tmp_path / "bare", "test")
    with zipfile.ZipFile(SCHEMAS / f"{schema}.zip") as packed:
        packed.extractall(old.root)
    clock.advance(days=1)
    open_place(old, clock=clock).close()  # the set before the upgrade is of the old schema

    plan, _ = restored(bare, old.backups, clock)

    assert (plan.schema, plan.upgraded) == (schema, True)
    assert worked_on(bare, clock) == 3


def test_cancelled_anywhere_nothing_has_changed(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    goes_on(desk_of, 1)
    office.close()
    before = events(place.current_database)
    heard = Stopper()
    with held(place):
        discard(place, plan_restore(place, saved, now=clock(), progress=heard))
        for after in range(len(heard.told)):
            with pytest.raises(Cancelled):
                plan_restore(place, saved, now=clock(), progress=Stopper(after))
            assert not list(place.root.glob("*.half"))
        for after in range(0, 40, 3):
            plan = plan_restore(place, saved, now=clock())
            stopper = Stopper(after)
            try:
                carry_out(place, plan, ADMIN, now=clock(), progress=stopper)
            except Cancelled:
                assert place.pointer.read_text() == "gen-000001\n"
                assert events(place.current_database) == before
                assert not list(place.root.glob("gen-*.half"))
            else:
                break
        assert stopper.told[-1] == 100
    assert after > 5


def test_killed_anywhere_the_place_is_old_or_new(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path, tmp_path: Path
) -> None:
    goes_on(desk_of, 1)
    office.close()
    before, paper_numbers = events(place.current_database), counters(place.current_database)
    script = """
import os, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
from kecamatan_desk.bootstrap import held
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.restore_values import Restorer
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restoring import carry_out

TOUCHES = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "shutil.rmtree"}
source, kills = Path(sys.argv[1]), int(sys.argv[3])
now = datetime(2026, 5, 12, 6, tzinfo=UTC)
counted = last = 0

def count_or_die(event, words):
    global counted
    if event in TOUCHES:
        counted += 1
        if counted == last:
            os._exit(9)

def copied(name):
    place = Place(Path(sys.argv[2]) / name, "test")
    shutil.copytree(source, place.root)
    return place

def restore(place):
    with held(place):
        plan = plan_restore(place, place.backups, now=now)
        carry_out(place, plan, Restorer(1, "Uji", "akun"), now=now)

restore(copied("warm"))
sys.addaudithook(count_or_die)
place, counted = copied("count"), 0
restore(place)
steps, died = counted, 0
for kill in range(kills):
    place, counted, last = copied(str(kill)), 0, 1 + kill * steps // kills
    child = os.fork()
    if child == 0:
        restore(place)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), code
    last, died = 0, died + (code != 0)
print(died)
"""
    kills = 10 * LONGER
    child = in_child(script, place.root, tmp_path / "killed", kills)
    assert child.returncode == 0, child.stderr
    assert int(child.stdout) >= kills - 2
    found = set()
    for number in range(kills):
        killed = Place(tmp_path / "killed" / str(number), "test")
        found.add(killed.pointer.read_text())
        assert counters(killed.current_database) == paper_numbers
        assert check_place(killed).ok
        if killed.pointer.read_text() == "gen-000001\n":
            assert events(killed.current_database) == before
            restored(killed, killed.backups, clock)  # the second try succeeds
            assert counters(killed.current_database) == paper_numbers
        assert generations(killed)[0] == "gen-000001"
    assert "gen-000001\n" in found


def test_killed_on_a_bare_pc_it_is_nothing_or_all(
    office: Office, place: Place, clock: SettableClock, saved: Path, tmp_path: Path
) -> None:
    office.close()
    bare = Place(tmp_path / "bare", "test")
    bare.root.mkdir()
    (bare.root / "gen-000001.half").mkdir()
    (bare.root / "gen-000001.half" / "desk.db").write_bytes(b"half")
    (bare.root / "documents").mkdir()

    _, done = restored(bare, place.backups, clock)

    assert done.generation == "gen-000001"
    assert worked_on(bare, clock) == 3


def test_backups_are_restored_and_worked_on(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, tmp_path: Path
) -> None:
    """Backup, restore, go on numbering: again and again, the restored place being the next one."""
    registered(desk_of)
    number = 1
    bring_journal_up(desk_of(Role.ADMIN))
    office.close()
    for turn in range(4 * LONGER):
        clock.advance(hours=3)
        opened = open_place(place, clock=clock)
        admin = opened.sign_in("admin", PASSWORD)
        assert back_up_when_due(admin) is not None
        opened.close()
        number = worked_on(place, clock) if turn % 2 else number
        _, done = restored(place, place.backups, clock)
        lost = [b.last for b in done.blocks if b.series == "sktm"]
        assert lost == ([number] if turn % 2 else [])
        after = worked_on(place, clock)
        assert after == number + 1
        number = after


def test_drills(desk_of: DeskOf, place: Place, clock: SettableClock, saved: Path) -> None:
    admin = desk_of(Role.ADMIN)
    before = files_of(place.documents)
    for _ in range(5 * LONGER):
        for _ in range(2):
            done = drill(admin)
            assert done.ok, done.said
            assert "/001/EKTP/KEC-SKM/" in done.number
        clock.advance(days=40)
        assert state(admin).drill_level == "kuning"
    assert drill(desk_of(Role.REGISTER)).ok
    assert state(admin).drill_level == ""
    assert files_of(place.documents) == before
    assert not (place.backups / "uji-pulih").exists()
    notes = rows(place.current_database, "SELECT payload FROM event WHERE act = 'uji-pulih'")
    assert len(notes) == 10 * LONGER + 1
    assert all(json.loads(note["payload"])["ok"] for note in notes)
    assert check_place(place).ok


def test_a_drill_that_fails_says_so(desk_of: DeskOf, place: Place, saved: Path) -> None:
    admin = desk_of(Role.ADMIN)
    flipped(saved, random.Random(2))

    done = drill(admin)

    assert not done.ok
    assert "rusak" in done.said
    assert state(admin).drill_level == "merah"
    assert state(admin).level == "merah"
    assert check_place(place).ok
