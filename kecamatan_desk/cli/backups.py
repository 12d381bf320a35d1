"""``backup`` and ``restore``: verified copies of everything, and the way back."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kecamatan_desk.cli.access import desk_in, password_of, signed_in, zone_of
from kecamatan_desk.cli.copies import say_findings
from kecamatan_desk.cli.parsing import (
    DONE,
    FOUND,
    Arguments,
    Commands,
    add_json,
    add_user,
    last_number,
    say,
    say_json,
)
from kecamatan_desk.domain.errors import InputError, MachineError, NotAllowedError, RuleError
from kecamatan_desk.domain.indonesian import moment_there
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place, named_place, office_place

if TYPE_CHECKING:
    from kecamatan_desk.usecases.backup_values import SetInfo
    from kecamatan_desk.usecases.restore_values import Restored, RestorePlan, Restorer


def add(commands: Commands) -> None:
    """Add ``backup`` and ``restore``."""
    backing_up = commands.add_parser(
        "backup",
        help="buat cadangan yang sudah diperiksa, di komputer ini dan di folder yang disebut",
    )
    backing_up.add_argument(
        "target",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="folder kosong, yang belum ada, atau yang sudah berisi cadangan kantor ini; tanpa "
        "folder cadangan dibuat di komputer ini saja",
    )
    backing_up.choices.add_argument(
        "--encrypt",
        action="store_true",
        help="sandikan dengan kunci pemulihan; di cakram cabut selalu begitu",
    )
    backing_up.choices.add_argument(
        "--list", action="store_true", help="daftar cadangan di folder itu, atau di komputer ini"
    )
    add_json(backing_up)
    add_user(backing_up)
    backing_up.set_defaults(run=_backup, parser=backing_up)
    _add_restore(commands)


def _add_restore(commands: Commands) -> None:
    restoring = commands.add_parser(
        "restore", help="pulihkan cadangan ke generasi baru; data yang lama tetap disimpan"
    )
    restoring.add_argument(
        "file",
        type=Path,
        metavar="BERKAS",
        help="berkas .kdb atau .kdb.age, atau folder cadangan (yang terbaru)",
    )
    restoring.choices.add_argument(
        "--recovery-key",
        metavar="BERKAS|-",
        help="berkas berisi kunci pemulihan; “-”: satu baris dari masukan standar",
    )
    restoring.choices.add_argument(
        "--into", type=Path, metavar="FOLDER", help="pulihkan ke folder data ini"
    )
    restoring.choices.add_argument(
        "--last",
        action="append",
        default=[],
        type=last_number,
        metavar="SERI/TAHUN=NOMOR",
        help="nomor terakhir di buku, misalnya sktm/2026=57; boleh ditulis berulang",
    )
    restoring.choices.add_argument(
        "--without-papers", action="store_true", help="lanjutkan walaupun ada surat yang hilang"
    )
    restoring.choices.add_argument(
        "--book-checked",
        action="store_true",
        help="buku kertas sudah dicocokkan: selain yang disebut --last tidak ada nomor sesudah "
        "cadangan dibuat",
    )
    add_json(restoring)
    add_user(restoring)
    restoring.set_defaults(run=_restore, parser=restoring)


def _backup(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.backup_values import UnsoundError
    from kecamatan_desk.usecases.backups import back_up_now, backups

    with signed_in(arguments, Role.ADMIN) as desk:
        if arguments.list:
            found, zone = backups(desk, arguments.target), zone_of(desk)
            return _list(found, zone, as_json=arguments.json)
        try:
            made = back_up_now(
                desk, arguments.target, encrypt=arguments.encrypt, progress=_meter("Mencadangkan")
            )
        except UnsoundError as error:
            say_findings(error.findings)
            say(str(error))
            return FOUND
    copied = made.copied or made.local
    if arguments.json:
        say_json(_told(copied))
    else:
        say(f"Cadangan lengkap dan sudah diperiksa: {copied.path}")
    return DONE


def _list(sets: "tuple[SetInfo, ...]", zone: str, *, as_json: bool) -> int:
    if as_json:
        say_json([_told(one) for one in sets])
        return DONE
    for one in sets:
        when = moment_there(one.made_at, zone)
        say(f"{one.name}  {when}  {one.whole_size // 1000} kB  {one.papers} surat")
    if not sets:
        say("Tidak ada cadangan.")
    return DONE


def _told(one: "SetInfo") -> dict[str, object]:
    return {
        "file": str(one.path),
        "made_at": one.made_at.isoformat(),
        "verified_at": one.verified_at.isoformat(),
        "reason": one.reason,
        "bytes": one.size,
        "papers": one.papers,
        "events": one.seq,
        "schema": one.schema,
        "encrypted": one.encrypted,
    }


def _restore(arguments: Arguments) -> int:
    from kecamatan_desk.bootstrap import held
    from kecamatan_desk.usecases.desk import system_clock
    from kecamatan_desk.usecases.restore_planning import discard, plan_restore
    from kecamatan_desk.usecases.restoring import carry_out

    place = named_place(arguments.into) if arguments.into else office_place(arguments.data)
    secret = _secret(arguments.recovery_key)
    now, source = system_clock(), arguments.file.absolute()
    with held(place):
        plan = plan_restore(place, source, now=now, secret=secret, progress=_meter("Memeriksa"))
        try:
            right = _right(arguments, place, plan)  # first: a stranger learns not even whose it is
            if not arguments.json:
                _tell(plan)
            done = carry_out(
                place,
                plan,
                right,
                answers=_answers(arguments, plan),
                secret=secret,
                accept_missing=arguments.without_papers,
                now=system_clock(),
                progress=_meter("Memulihkan"),
            )
        except BaseException:
            discard(place, plan)
            raise
    before = plan.history != "kosong"
    _tell_done(place, done, before=before, as_json=arguments.json)
    return DONE


def _secret(named: str | None) -> str:
    from kecamatan_desk.usecases.recovery import secret_from

    if named is None:
        return ""
    if named == "-":
        return secret_from(sys.stdin.readline() if sys.stdin is not None else "")
    try:
        return secret_from(Path(named).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError(
            f"{named} tidak dapat dibaca. Tidak ada yang berubah; periksa nama berkas kunci."
        ) from error


def _right(arguments: Arguments, place: Place, plan: "RestorePlan") -> "Restorer":
    """Tell who restores: signed in where the data can be opened, else by the backup itself."""
    from kecamatan_desk.usecases.restore_rights import by_key, by_password
    from kecamatan_desk.usecases.restore_values import Restorer

    if plan.kind == "practice":
        return Restorer(0, "Latihan", "akun")
    if plan.history != "kosong":
        try:
            return _signed_in_here(arguments, place)
        except MachineError:
            pass  # the data that are to be replaced cannot be opened
    if plan.encrypted:
        return by_key(plan)
    if not arguments.user:
        raise NotAllowedError(
            "Cadangan ini tidak disandikan. Tidak ada yang berubah; sebutkan Administrator di "
            "dalamnya dengan --user NAMA, lalu ketik kata sandinya."
        )
    return by_password(plan, arguments.user, password_of(arguments.user))


def _signed_in_here(arguments: Arguments, place: Place) -> "Restorer":
    """Sign in at the data that are to be replaced."""
    from kecamatan_desk.bootstrap import open_place
    from kecamatan_desk.usecases.restore_rights import may_restore

    office = open_place(place, write=False)
    try:
        return desk_in(office, arguments.user, Role.ADMIN).ask(may_restore)
    finally:
        office.close()


def _answers(arguments: Arguments, plan: "RestorePlan") -> dict[str, int]:
    """Give the last numbers in the book: as named, else asked for where somebody sits there.

    RuleError on a bare PC where neither happens: nothing there knows what was given since.
    """
    answers: dict[str, int] = dict(arguments.last)
    if answers or arguments.book_checked or sys.stdin is None or not sys.stdin.isatty():
        _refuse_guessing(arguments, plan, answers)
        return answers
    say("Nomor terakhir di buku? Tekan Enter bila sama dengan yang diketahui.")
    for gap in plan.asked:
        typed = input(f"  {gap.label} {gap.period} [{gap.known}]: ").strip()
        if typed:
            if not (typed.isascii() and typed.isdigit()):
                raise InputError(f"“{typed}” bukan nomor. Tidak ada yang berubah; ulangi.", gap.key)
            answers[gap.key] = int(typed)
    return answers


def _refuse_guessing(arguments: Arguments, plan: "RestorePlan", answers: Mapping[str, int]) -> None:
    """Refuse to take the backup's numbers for the last ones where only the paper book knows."""
    if plan.kind == "practice" or plan.history != "kosong" or arguments.book_checked:
        return
    unknown = [gap.key for gap in plan.asked if gap.in_set and gap.key not in answers]
    if unknown:
        raise RuleError(
            "Di komputer ini tidak ada catatan nomor sesudah cadangan dibuat, jadi nomor yang "
            "sudah tertulis di buku dapat terbit dua kali. Tidak ada yang dipulihkan; sebutkan "
            f"nomor terakhir di buku dengan --last untuk {', '.join(unknown)}, atau "
            "--book-checked bila buku sudah dicocokkan dan tidak ada nomor yang lebih baru."
        )


def _tell(plan: "RestorePlan") -> None:
    made = moment_there(plan.made_at, plan.zone)
    say(f"Cadangan {plan.name} dari {made}, Kecamatan {plan.office_name or 'tanpa nama'}")
    say(f"Isi: {plan.seq} peristiwa, {len(plan.papers)} surat, skema {plan.schema}")
    if not plan.sealed:
        say("Perhatian: cadangan ini tanpa segel; isinya baru saja diperiksa.")
    if plan.lost_events:
        say(f"Yang tidak ada di dalamnya: {plan.lost_events} peristiwa sesudahnya.")
    if plan.history == "lain":
        say("Perhatian: data yang ada sekarang bukan lanjutan cadangan ini.")
    for gap in plan.series:
        if gap.missing:
            span = f"{gap.in_set + 1} sampai {gap.known}"
            say(f"  {gap.label} {gap.period}: nomor {span} ada di kertas, tidak di cadangan")
    for one in plan.inserted:
        say(f"  {one.label} (sisipan) ada di kertas, tidak di cadangan")
    if plan.missing_papers:
        say(f"Surat yang hilang: {len(plan.missing_papers)}")


def _tell_done(place: Place, done: "Restored", *, before: bool, as_json: bool) -> None:
    if as_json:
        blocks = [
            {"series": b.series, "period": b.period, "first": b.first, "last": b.last}
            for b in done.blocks
        ]
        told: dict[str, Any] = {
            "data": str(place.root),
            "generation": done.generation,
            "event": done.seq,
            "blocks": blocks,
            "inserted": [
                {"series": i.series, "period": i.period, "number": i.base, "suffix": i.suffix}
                for i in done.inserted
            ],
            "missing_papers": done.missing_papers,
        }
        say_json(told)
        return
    for block in done.blocks:
        say(f"Ditandai terpakai: {block.label} {block.period} nomor {block.first}-{block.last}")
    for one in done.inserted:
        say(f"Ditandai terpakai: {one.label} (sisipan)")
    kept = " Data sebelumnya tetap disimpan." if before else ""
    say(f"Dipulihkan: {place.root}, {done.generation}.{kept}")


def _meter(what: str) -> "_Meter | None":
    return _Meter(what) if sys.stderr is not None and sys.stderr.isatty() else None


class _Meter:
    """Shows percent on a terminal."""

    def __init__(self, what: str) -> None:
        self._what, self._shown = what, -1

    def __call__(self, percent: int) -> bool:
        if percent != self._shown:
            self._shown = percent
            sys.stderr.write(f"\r{self._what} … {percent} %" + ("\n" if percent == 100 else ""))
            sys.stderr.flush()
        return True
