"""``letter verify`` and ``letter key``: is this code the office's own, and by what it is proved."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.parsing import (
    DONE,
    FOUND,
    Arguments,
    Commands,
    add_json,
    add_user,
    say,
    say_files,
    say_json,
)
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.roles import ON_FILES, Role

if TYPE_CHECKING:
    from kecamatan_desk.domain.proof import Claim
    from kecamatan_desk.usecases.verifying import Registered, Verification

#: Why the notice leaves: it holds no personal data and is made to hang on the wall.
_NOTICE = "pengumuman kunci kantor"


def add(kinds: Commands) -> None:
    """Add ``verify`` and ``key`` to the commands of letters."""
    verifying = kinds.add_parser("verify", help="periksa kode sebuah surat, tanpa internet")
    verifying.add_argument(
        "text",
        metavar="KODE",
        help="isi kode pada surat; - membacanya dari masukan standar (sesudah kata sandi)",
    )
    add_json(verifying)
    add_user(verifying)
    verifying.set_defaults(run=_verify)
    key = kinds.add_parser("key", help="sidik kunci kantor, untuk papan pengumuman")
    key.choices.add_argument(
        "-o", "--output", type=Path, metavar="BERKAS.pdf", help="tulis pengumumannya"
    )
    add_json(key)
    add_user(key)
    key.set_defaults(run=_key)


def _verify(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.verifying import verify

    with signed_in(arguments, Role.REGISTER) as desk:
        typed = arguments.text if arguments.text != "-" else _read()
        told = desk.ask(verify, typed)
    if arguments.json:
        say_json(_as_json(told))
    else:
        _tell(told)
    return DONE if told.good else FOUND


def _read() -> str:
    """Read a code from standard input: no more than a code may have."""
    from kecamatan_desk.domain.proof import LONGEST

    return sys.stdin.read(LONGEST + 1) if sys.stdin is not None else ""


def _tell(told: "Verification") -> None:
    say(f"{told.title.upper()}.")
    say(told.reason)
    for label, value in _lines(told):
        say(f"  {label:22} {value}")


def _lines(told: "Verification") -> list[tuple[str, str]]:
    lines = []
    if told.claim is not None:
        lines.append(("Inisial pemohon", told.claim.initials or "–"))
        lines.append(("NIK berakhir", told.claim.last_four or "–"))
    known = told.registered
    if known is not None:
        from kecamatan_desk.domain.indonesian import long_date

        version = f"{known.version} (terbaru {known.newest})"
        lines += [
            ("Nomor surat", known.number or "–"),
            ("Tanggal", long_date(known.day)),
            ("Surat", known.paper),
            ("Layanan", known.service),
            ("Kode berkas", known.file_code),
            ("Versi", version if known.newest > 1 else "1"),
            ("Menurut register", known.fate),
        ]
    return lines


def _as_json(told: "Verification") -> dict[str, Any]:
    return {
        "valid": told.good,
        "verdict": told.verdict.value,
        "reason": told.reason,
        "code": _claim(told.claim) if told.claim else None,
        "register": _known(told.registered) if told.registered else None,
    }


def _claim(claim: "Claim") -> dict[str, Any]:
    return {**asdict(claim), "day": claim.day.isoformat()}


def _known(known: "Registered") -> dict[str, Any]:
    values = {name: value for name, value in asdict(known).items() if name != "request_id"}
    return {**values, "day": known.day.isoformat()}


def _key(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.exports import PRINT
    from kecamatan_desk.usecases.proof import keys, notice_pdf

    with signed_in(arguments, Role.REGISTER) as desk:
        found = keys(desk)
        if arguments.output is not None:
            content = notice_pdf(desk)
            note(desk, PRINT, (*ON_FILES, Role.ADMIN), {"what": "notice"}, reason=_NOTICE)
            write_paper(arguments.output, content)
    if arguments.json:
        say_json([{**asdict(row), "since": row.since.isoformat()} for row in found])
        return DONE
    for row in found:
        say(f"{'Dipakai' if row.in_use else 'Lama':8} sejak {row.since:%d-%m-%Y}")
        say(f"  sidik {row.fingerprint}")
        say(f"  kunci publik {row.public_key}")
    if arguments.output is not None:
        say_files([arguments.output])
    return DONE
