"""``letter print`` and ``letter copy``: the frozen letter of a request, or a counted copy."""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kecamatan_desk.cli import verifying
from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_output,
    add_reason,
    add_user,
    say_files,
    under,
)
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.errors import InputError, MachineError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, Role

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.values import DocumentRef, SearchHit


def add(commands: Commands) -> None:
    """Add ``letter print``, ``letter copy`` and what proves letters."""
    kinds = under(commands, "letter", "surat")
    printing = kinds.add_parser(
        "print",
        help="surat yang sudah dibekukan, sebagai PDF: bita arsipnya, tanpa tanda apa pun. Sesudah "
        "surat diserahkan, yang diberikan kepada orang adalah salinan (letter copy)",
    )
    copying = kinds.add_parser(
        "copy", help="salinan bernomor (SALINAN ke-n) dari surat yang sudah diserahkan atau batal"
    )
    for parser, run in ((printing, _print), (copying, _copy)):
        parser.add_argument("code", metavar="KODEBERKAS", help="misalnya 26-000123-K")
        add_output(parser)
        add_user(parser)
        parser.set_defaults(run=run)
    add_reason(printing)
    copying.choices.add_argument(
        "--reason", required=True, metavar="ALASAN", help="tercetak pada salinan, misalnya “hilang”"
    )
    verifying.add(kinds)


def _print(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.exports import PRINT, require_reader
    from kecamatan_desk.usecases.jobs import document_bytes

    with signed_in(arguments, Role.REGISTER) as desk:
        desk.ask(require_reader)
        request = _request(desk, arguments.code)
        letter = _letter(desk, request)
        content = document_bytes(desk, letter.id)
        what = {"what": "letter", "kind": letter.kind, "version": letter.version}
        note(desk, PRINT, ON_FILES, what, request.id, reason=arguments.reason)
    write_paper(arguments.output, content)
    say_files([arguments.output])
    return DONE


def _copy(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.copies import make_copy
    from kecamatan_desk.usecases.exports import require_reader

    _require_place(arguments.output)  # before a number is spent on it
    with signed_in(arguments, Role.PELAYANAN) as desk:
        desk.ask(require_reader)
        letter = _letter(desk, _request(desk, arguments.code))
        content = make_copy(desk, uuid4().hex, letter.id, arguments.reason)
    write_paper(arguments.output, content)
    say_files([arguments.output])
    return DONE


def _require_place(target: Path) -> None:
    if not os.access(target.parent, os.W_OK) or target.is_dir():
        raise MachineError(
            f"{target} tidak dapat ditulis. Data tidak berubah; periksa foldernya, atau pilih "
            "berkas lain."
        )


def _request(desk: "Desk", typed: str) -> "SearchHit":
    from kecamatan_desk.domain.numbering import valid_file_code
    from kecamatan_desk.usecases.worklist import search

    code = typed.strip().upper()
    if not valid_file_code(code):
        raise InputError(
            f"“{typed}” bukan kode berkas, misalnya 26-000123-K. Tidak ada yang dicetak; periksa "
            "huruf terakhirnya."
        )
    for hit in desk.ask(search, code):
        if hit.file_code == code:
            return hit
    raise RuleError(f"Berkas {code} tidak ada di data ini. Tidak ada yang dicetak.")


def _letter(desk: "Desk", request: "SearchHit") -> "DocumentRef":
    """Give the newest version of the service's letter; draw it when it is still due."""
    from kecamatan_desk.usecases.jobs import complete_documents
    from kecamatan_desk.usecases.letter_forms import form_of
    from kecamatan_desk.workflows.catalog import SERVICES

    wanted = SERVICES[request.service].letters[0].template
    drawn = [ref for ref in complete_documents(desk, request.id) if ref.kind == wanted]
    if not drawn and desk.ask(form_of, request.id) == "register":
        raise RuleError(
            f"Berkas {request.file_code} hanya diregister: nomor {request.letter_number} "
            "dibubuhkan dengan cap dan tulisan tangan, suratnya tidak dibuat. Tidak ada yang "
            "dicetak."
        )
    if not drawn:
        raise RuleError(
            f"Surat untuk berkas {request.file_code} belum ada: berkasnya belum sampai pada "
            "langkah yang membuat surat. Tidak ada yang dicetak."
        )
    return max(drawn, key=lambda ref: ref.version)
