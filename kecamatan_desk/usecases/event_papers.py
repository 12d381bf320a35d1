"""The history of a file and the journal of a day on paper; that they are printed is noted first."""

from datetime import date

from kecamatan_desk.documents.history_sheet import ListSheet
from kecamatan_desk.domain.indonesian import clock, day_name, long_date, short_date
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.history import file_history
from kecamatan_desk.usecases.history_values import Change, HistoryLine
from kecamatan_desk.usecases.paper_parts import office_head, printed_by
from kecamatan_desk.usecases.secrecy import readable_request, shown_person
from kecamatan_desk.workflows.catalog import SERVICES

_READER = "Diperiksa oleh"


def history_pdf(desk: Desk, op_id: str, request_id: int) -> bytes:
    """Riwayat berkas: all that happened to a request; the print itself is its last line."""
    from kecamatan_desk.documents.history_sheet import draw_list

    desk.call(record_output, op_id, PRINT, ON_FILES, {"what": "history"}, request_id)
    return draw_list(desk.ask(history_sheet, request_id))


def history_sheet(work: UnitOfWork, request_id: int) -> ListSheet:
    """Give the sheet of a request; NotAllowedError for the administrator."""
    request = readable_request(work, request_id)
    service = SERVICES[request.service]
    name, _ = shown_person(work, request)
    number = request.letter_number or ""
    return ListSheet(
        head=office_head(work),
        title="Riwayat Berkas",
        subtitle=f"Kode berkas {request.file_code}",
        facts=(
            ("Layanan", service.label),
            ("Pemohon", name, True),
            *((("Nomor surat", number),) if number else ()),
        ),
        columns=(("Waktu", 20), ("Kejadian", 98), ("Oleh", 57)),
        rows=tuple(_row(work, line) for line in file_history(work, request, service)),
        printed=printed_by(work),
        signing=_READER,
    )


def _row(work: UnitOfWork, line: HistoryLine) -> tuple[str, str, str]:
    at = line.at.astimezone(work.zone)
    return f"{short_date(at)} {clock(at)}", event_words(line), f"{line.who}, {line.role}"


def event_words(line: HistoryLine) -> str:
    """Give what happened in one paragraph: the deed, what is unusual, why, what was changed."""
    words = line.what
    if line.marks:
        words += f" [{', '.join(line.marks)}]"
    if line.note:
        words += f". Alasan atau catatan: {line.note.rstrip('.')}"
    if line.changes:
        words += ". " + "; ".join(_changed(change) for change in line.changes)
    return words


def _changed(change: Change) -> str:
    if change.before == change.after:
        return f"{change.label} {change.after}"
    return f"{change.label} dari “{change.before or '-'}” menjadi “{change.after or '-'}”"


def long_day(day: date) -> str:
    """Give "Selasa, 12 Mei 2026"."""
    return f"{day_name(day)}, {long_date(day)}"
