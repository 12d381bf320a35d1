"""``check``: is everything as it was written. ``incident``: the worksheet where data got out."""

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

from kecamatan_desk.cli.access import signed_in
from kecamatan_desk.cli.parsing import (
    DONE,
    FOUND,
    Arguments,
    Commands,
    add_json,
    add_output,
    add_user,
    anchor,
    moment_typed,
    say,
    say_files,
    say_json,
    whole_number,
)
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import office_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecamatan_desk.usecases.checking import CheckReport, Finding


def add(commands: Commands) -> None:
    """Add ``check`` and ``incident``."""
    checking = commands.add_parser("check", help="periksa keutuhan data; tidak mengubah apa pun")
    checking.choices.add_argument(
        "--anchor",
        action="append",
        default=[],
        type=anchor,
        metavar='"NOMOR SIDIK"',
        help="bandingkan dengan sidik pada halaman penutup atau cadangan, misalnya "
        '"1234 A1B2 C3D4 E5F6 0718"; boleh ditulis berulang',
    )
    add_json(checking)
    checking.set_defaults(run=_check)
    _add_incident(commands)


def _add_incident(commands: Commands) -> None:
    sheet = commands.add_parser(
        "incident", help="lembar insiden data: siapa yang harus diberi tahu, dan sampai kapan"
    )
    sheet.choices.add_argument(
        "--found",
        type=moment_typed,
        metavar='"TANGGAL JAM"',
        help='kapan diketahui, misalnya "12-05-2026 09.30"; tanpa ini: sekarang',
    )
    sheet.choices.add_argument(
        "--days",
        type=whole_number(0, 366),
        default=7,
        metavar="HARI",
        help="kegiatan sejak sekian hari sebelumnya dimuat (bawaan 7)",
    )
    add_output(sheet)
    add_user(sheet)
    sheet.set_defaults(run=_incident)


def _incident(arguments: Arguments) -> int:
    from dataclasses import replace
    from datetime import timedelta

    from kecamatan_desk.usecases.incident import incident_pdf, suggested

    with signed_in(arguments, Role.CAMAT) as desk:
        incident = desk.ask(suggested)
        if arguments.found is not None:
            day, at = arguments.found.date(), arguments.found.time()
            incident = replace(incident, found_day=day, found_time=at)
        since = incident.found_day - timedelta(days=arguments.days)
        content = incident_pdf(desk, uuid4().hex, replace(incident, since=since))
        write_paper(arguments.output, content)
    say_files([arguments.output])
    return DONE


def _check(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.checking import check_place

    report = check_place(office_place(arguments.data), arguments.anchor)
    if arguments.json:
        say_json(asdict(report))
    else:
        _tell(report)
        say("Tidak diperiksa: " + "; ".join(report.not_covered))
        say(_ending(report))
    return DONE if report.ok else FOUND


def _tell(report: "CheckReport") -> None:
    from kecamatan_desk.domain.indonesian import grouped
    from kecamatan_desk.usecases.check_words import counted_words

    counts = [f"{grouped(count)} {words}" for words, count in counted_words(report.checked)]
    say("Diperiksa: " + ("; ".join(counts) or "tidak ada isinya"))
    say_findings(report.findings)
    for verdict in report.anchors:
        say(f"JANGKAR {verdict.anchor}: {verdict.message}")


def say_findings(findings: "Iterable[Finding]") -> None:
    """Tell findings as the screen does: by kind, what it means, what to do, then each of them."""
    from kecamatan_desk.usecases.check_words import grouped

    for group in grouped(findings):
        say(f"TEMUAN ({group.gravity}): {group.title}")
        say(f"  {group.meaning}")
        say(f"  Yang harus dilakukan: {group.to_do}")
        for line in group.lines:
            say(f"  - {line}")


def _ending(report: "CheckReport") -> str:
    wrong = sum(not verdict.ok for verdict in report.anchors)
    if report.ok:
        return "Utuh."
    if not report.findings:
        return f"Data utuh, tetapi {wrong} jangkar tidak cocok. Simpan kertasnya, hubungi teknisi."
    also = f" {wrong} jangkar tidak cocok." if wrong else ""
    return f"{len(report.findings)} temuan.{also} Hubungi teknisi."
