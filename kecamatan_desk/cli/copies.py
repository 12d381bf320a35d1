"""``check``: is everything as it was written."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from kecamatan_desk.cli.parsing import (
    DONE,
    FOUND,
    Arguments,
    Commands,
    add_json,
    anchor,
    say,
    say_json,
)
from kecamatan_desk.paths import office_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecamatan_desk.usecases.checking import CheckReport, Finding


def add(commands: Commands) -> None:
    """Add ``check``."""
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
