"""``letter print``: the frozen letter of a request."""

from typing import TYPE_CHECKING

from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.output import write_paper
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_output,
    add_user,
    say_files,
    under,
)
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, Role

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.values import DocumentRef, SearchHit


def add(commands: Commands) -> None:
    """Add ``letter print``."""
    kinds = under(commands, "letter", "surat")
    printing = kinds.add_parser("print", help="surat yang sudah dibekukan, sebagai PDF")
    printing.add_argument("code", metavar="KODEBERKAS", help="misalnya 26-000123-K")
    add_output(printing)
    add_user(printing)
    printing.set_defaults(run=_print)


def _print(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.exports import PRINT, require_reader
    from kecamatan_desk.usecases.jobs import document_bytes

    with signed_in(arguments, Role.REGISTER) as desk:
        desk.ask(require_reader)
        request = _request(desk, arguments.code)
        letter = _letter(desk, request)
        content = document_bytes(desk, letter.id)
        what = {"what": "letter", "kind": letter.kind, "version": letter.version}
        note(desk, PRINT, ON_FILES, what, request.id)
    write_paper(arguments.output, content)
    say_files([arguments.output])
    return DONE


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
    from kecamatan_desk.workflows.catalog import SERVICES

    wanted = SERVICES[request.service].letters[0].template
    drawn = [ref for ref in complete_documents(desk, request.id) if ref.kind == wanted]
    if not drawn:
        raise RuleError(
            f"Surat untuk berkas {request.file_code} belum ada: berkasnya belum sampai pada "
            "langkah yang membuat surat. Tidak ada yang dicetak."
        )
    return max(drawn, key=lambda ref: ref.version)
