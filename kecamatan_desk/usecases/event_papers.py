"""History, journal and result of a check on paper; that they are printed is noted before."""

from collections.abc import Iterable
from datetime import date

from kecamatan_desk.documents.history_sheet import ListSheet
from kecamatan_desk.domain.indonesian import clock, day_name, grouped, long_date, short_date
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.usecases.check_values import CHECKERS, DataCheck, FindingGroup
from kecamatan_desk.usecases.day_journal import READERS, day_page, day_summary
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.history import file_history
from kecamatan_desk.usecases.history_values import Change, DaySummary, HistoryLine, JournalLine
from kecamatan_desk.usecases.paper_parts import office_head, printed_by
from kecamatan_desk.usecases.secrecy import readable_request, shown_person
from kecamatan_desk.workflows.catalog import SERVICES

_READER = "Diperiksa oleh"
_MOST_LINES = 12  # technical lines of one kind on paper


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
        words += f". {line.note_label}: {line.note.rstrip('.')}"
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


def check_pdf(desk: Desk, op_id: str, result: DataCheck) -> bytes:
    """Hasil pemeriksaan data, with its technical lines: for who mends and for the file."""
    from kecamatan_desk.documents.history_sheet import draw_list

    told = {"what": "check", "findings": result.total}
    desk.call(record_output, op_id, PRINT, CHECKERS, told)
    return draw_list(desk.ask(check_sheet, result))


def check_sheet(work: UnitOfWork, result: DataCheck) -> ListSheet:
    """Give the sheet of a check."""
    at = result.at.astimezone(work.zone)
    words = (
        "Semua yang diperiksa masih seperti saat ditulis."
        if result.ok
        else f"Ada {result.total} temuan: yang tertulis di bawah ini tidak seperti saat ditulis."
    )
    rows = [
        (
            f"{group.title} ({group.gravity})",
            f"{group.meaning} {group.to_do}",
            "; ".join(line.rstrip(".") for line in group.lines[:_MOST_LINES]) + _left_out(group),
        )
        for group in result.groups
    ]
    amounts = ", ".join(f"{grouped(amount)} {name}" for name, amount in result.checked)
    return ListSheet(
        head=office_head(work),
        title="Hasil Pemeriksaan Data",
        subtitle="Data utuh" if result.ok else "Ada temuan",
        facts=(
            ("Diperiksa", f"{long_day(at.date())}, {clock(at)} {work.office.zone_label}"),
            ("Oleh", result.by),
        ),
        columns=(("Temuan", 40), ("Artinya dan yang harus dilakukan", 85), ("Rincian teknis", 50)),
        rows=tuple(rows),
        printed=printed_by(work),
        words=words,
        nothing="Tidak ada temuan.",
        notes=(
            *((f"Yang diperiksa: {amounts}.",) if amounts else ()),
            "Tidak termasuk: " + "; ".join(result.not_covered) + ".",
        ),
        signing=_READER,
    )


def _left_out(group: FindingGroup) -> str:
    left = len(group.lines) - _MOST_LINES
    return f"; dan {left} lagi" if left > 0 else ""


def journal_pdf(desk: Desk, op_id: str, day: date) -> bytes:
    """Jurnal kegiatan of a day, the oldest first; read page by page, drawn afterwards."""
    from kecamatan_desk.documents.history_sheet import draw_list

    desk.call(record_output, op_id, PRINT, READERS, {"what": "journal", "day": day.isoformat()})
    summary, pages = desk.ask(day_summary, day), [desk.ask(day_page, day)]
    while pages[-1].more is not None:
        pages.append(desk.ask(day_page, day, pages[-1].more))
    lines = [line for page in pages for line in page.lines]
    return draw_list(desk.ask(_journal_sheet, summary, tuple(reversed(lines))))


def _journal_sheet(
    work: UnitOfWork, summary: DaySummary, lines: tuple[JournalLine, ...]
) -> ListSheet:
    people = summary.people[1:]
    tries = "; ".join(f"{name} {amount} kali" for name, amount in summary.tries)
    return ListSheet(
        head=office_head(work),
        title="Jurnal Kegiatan",
        subtitle=long_day(summary.day),
        facts=(
            ("Kejadian", f"{len(lines)}, {summary.marked} perlu dilihat", True),
            *((("Sandi atau PIN salah", tries),) if tries else ()),
        ),
        columns=(("Jam", 13), ("Kejadian", 70), ("Berkas", 48), ("Oleh", 44)),
        rows=tuple(
            (
                clock(line.at.astimezone(work.zone)),
                line.what + (f" [{', '.join(line.marks)}]" if line.marks else ""),
                ", ".join(part for part in (line.file_code, line.service, line.applicant) if part),
                f"{line.who}, {line.role}",
            )
            for line in lines
        ),
        printed=printed_by(work),
        nothing="Tidak ada kejadian pada hari ini.",
        notes=tuple(f"{one.name}: {kinds_text(one.kinds)}." for one in people),
        signing=_READER,
    )


def kinds_text(kinds: Iterable[tuple[str, int]]) -> str:
    """Give "12 langkah berkas, 3 surat"."""
    return ", ".join(f"{amount} {kind[:1].lower()}{kind[1:]}" for kind, amount in kinds)
