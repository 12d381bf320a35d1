"""Start numbers and numbers set aside: blocks the counter goes over in one signed event.

An office that begins in mid-year goes on from its paper book; for hours without power numbers are
set aside and printed as blank lines, each of which becomes a line or is declared unused later.
Sources: start number, reserved numbers (domain facts 3.4); power-cut kit (peers (c) 8).
"""

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.numbers import (
    MINUTES,
    coming_number,
    refuse_held,
    take_block,
)
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    CounterRecord,
    EventRecord,
    LineRecord,
    table_of,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.blocks import (
    LOST,
    ON_PAPER,
    RESERVED,
    reserved_numbers,
)
from kecamatan_desk.usecases.booking import LINE_STATES, add_line_status, checked_classification
from kecamatan_desk.usecases.clock_guard import require_sure_clock
from kecamatan_desk.usecases.closed_books import refuse_closed
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.lost_inserted import lost_numbers
from kecamatan_desk.usecases.number_values import (
    Numbering,
    PaperNumbers,
    ReservedNumber,
    SeriesState,
)
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.room import require_room
from kecamatan_desk.usecases.series import (
    BY_CODE,
    BY_SERVICE,
    CODE,
    FOR_ALL,
    GENERAL,
    mode_of,
    series_in,
    series_label,
    service_of_series,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status

HIGHEST_START = 99_998
MOST_RESERVED = 50  # numbers of one series at a time: two sheets of lines
MOST_REASON = 200
#: What the book says of a number set aside that nobody wrote on.
UNUSED = "Nomor cadangan tidak dipakai"
_UNUSED_LOST = "Nomor tidak ada dalam arsip kertas"

_BLOCK, _COUNTER, _EVENT = map(table_of, (BlockRecord, CounterRecord, EventRecord))


# --- how the year stands -------------------------------------------------------------------------


def numbering(work: UnitOfWork) -> Numbering:
    """Give this year's mode and its series, those without a number yet included."""
    work.require(Role.REGISTER, Role.ADMIN)
    year = work.today.year
    mode, period = mode_of(work, year), str(year)
    last: dict[str, int] = dict(
        work.session.execute(
            select(_COUNTER.c.series, _COUNTER.c.last).where(_COUNTER.c.period == period)
        ).all()
    )
    paper: dict[str, int] = dict(
        work.session.execute(
            select(_BLOCK.c.series, _BLOCK.c.last).where(
                _BLOCK.c.period == period, _BLOCK.c.kind == ON_PAPER
            )
        ).all()
    )
    unfilled = (*reserved_numbers(work, _BLOCK.c.period == period), *lost_numbers(work, period))
    lost = Counter(one.series for one in unfilled if one.kind == LOST)
    reserved = Counter(one.series for one in unfilled if one.kind != LOST)
    used = [name for name in sorted(last) if name.startswith(CODE)]
    names = dict.fromkeys([*_series_of_year(work, mode), *used])
    return Numbering(
        year,
        mode,
        tuple(
            SeriesState(
                name,
                series_label(name),
                last.get(name, 0),
                paper.get(name, 0),
                reserved[name],
                name != MINUTES,
                lost[name],
            )
            for name in names
        ),
    )


def _series_of_year(work: UnitOfWork, mode: str) -> Iterable[str]:
    """Give the series a year of this mode has by its services alone."""
    if mode in (BY_SERVICE, FOR_ALL):
        yield GENERAL
    for service in SERVICES.values():
        code = work.service_choices[service.code].classification
        yield series_in(mode, service, code)
    yield MINUTES


def paper_numbers(
    work: UnitOfWork, service_code: str | None, period: Period
) -> tuple[PaperNumbers, ...]:
    """Give the numbers that a book's days begin behind, as they stand in the paper book.

    None: of the common register. They belong to the day on which the program went on from them.
    """
    found = work.session.execute(
        select(_BLOCK, _EVENT.c.at)
        .join(_EVENT, _EVENT.c.seq == _BLOCK.c.event_seq)
        .where(_BLOCK.c.kind == ON_PAPER, _BLOCK.c.series != MINUTES)
        .order_by(_BLOCK.c.id)
    ).all()
    shown = []
    for block in found:
        day = moment(block.at).astimezone(work.zone).date()
        own = service_code is None or block.series == _series_of_book(work, service_code, day.year)
        if own and period.first <= day <= period.last:
            shown.append(PaperNumbers(series_label(block.series), block.first, block.last))
    return tuple(shown)


def paper_note(numbers: Sequence[PaperNumbers], *, named: bool) -> str:
    """Say in front of a book's first line which numbers stand on paper; "" for none.

    ``named``: with the series, in a book that holds several.
    """
    if not named:
        return "; ".join(one.words for one in numbers)
    return "; ".join(f"{one.label}: {one.words[:1].lower()}{one.words[1:]}" for one in numbers)


def _series_of_book(work: UnitOfWork, service_code: str, year: int) -> str:
    code = work.service_choices[service_code].classification
    return series_in(mode_of(work, year), SERVICES[service_code], code)


# --- start numbers -------------------------------------------------------------------------------


@command
def set_start(work: UnitOfWork, op_id: str, series: str, last: int) -> int:
    """Go on from the paper book: numbers 1 to *last* of a series stand there; give the next one.

    A signed event of the register officer or the administrator, who proves his presence, before
    the first number of the series in this year. InputError for a number that cannot be, RuleError
    when the series has numbers already.
    """
    role = work.require(Role.REGISTER, Role.ADMIN)
    work.require_presence()
    refuse_held(work.session)
    require_sure_clock(work)  # the year of the clock is the one that goes on
    name = _known_series(work, series)
    if not 1 <= last <= HIGHEST_START:
        raise InputError(
            f"Nomor terakhir pada buku kertas 1 sampai {HIGHEST_START}. Tidak ada yang berubah; "
            "ketik nomor surat terakhir yang tertulis di buku.",
            "last",
        )
    period = str(work.today.year)
    if coming_number(work.session, name, period) != 1:
        raise RuleError(
            f"Seri {series_label(name)} tahun {period} sudah memberi nomor, jadi nomor awalnya "
            "tidak dapat diganti lagi. Tidak ada yang berubah; catat surat dari luar program "
            "sebagai surat manual.",
            "last",
        )
    link = work.link()
    take_block(work.session, link, name, period, last, ON_PAPER, "Lanjut dari buku kertas")
    told = {"series": name, "period": period, "first": 1, "last": last}
    work.close_event(link, op_id, "nomor-awal", role, payload={"block": told})
    return last + 1


def _known_series(work: UnitOfWork, series: str) -> str:
    """Give a series of this year by its name; InputError for none."""
    mode = mode_of(work, work.today.year)
    if mode == BY_CODE and series.startswith(CODE):
        return CODE + checked_classification(series.removeprefix(CODE))
    if series in set(_series_of_year(work, mode)):
        return series
    raise InputError(
        "Seri nomor ini tidak ada tahun ini. Tidak ada yang berubah; pilih dari daftar.", "series"
    )


# --- numbers set aside ---------------------------------------------------------------------------


@command
def reserve(work: UnitOfWork, op_id: str, wanted: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """Set numbers aside for hours without power: (series, how many); give the ids of the blocks.

    InputError for an amount that cannot be or no series at all; RuleError when the day's book is
    closed. They wait to be filled in or declared unused; their month does not close before.
    """
    role = work.require(Role.REGISTER)
    refuse_held(work.session)
    require_room(work)
    require_sure_clock(work)
    refuse_closed(work, work.today)
    if not wanted:
        raise InputError("Belum ada seri yang dipilih. Tidak ada nomor yang disisihkan.", "series")
    names = [_known_series(work, series) for series, _ in wanted]
    if len(names) != len(set(names)) or MINUTES in names:
        raise InputError(
            "Setiap seri dipilih satu kali, dan Berita Acara tidak ditulis di muka. Tidak ada "
            "nomor yang disisihkan.",
            "series",
        )
    link, period = work.link(), str(work.today.year)
    ids, told = [], []
    for name, (_, amount) in zip(names, wanted, strict=True):
        if not 1 <= amount <= MOST_RESERVED:
            raise InputError(
                f"Banyaknya nomor 1 sampai {MOST_RESERVED} tiap seri. Tidak ada nomor yang "
                "disisihkan.",
                "amount",
            )
        ids.append(_newest_block(work) + 1)
        first, last = take_block(
            work.session, link, name, period, amount, RESERVED, "Lembar padam listrik"
        )
        told.append({"series": name, "period": period, "first": first, "last": last})
    work.close_event(link, op_id, "nomor-cadangan", role, payload={"blocks": told})
    return tuple(ids)


def _newest_block(work: UnitOfWork) -> int:
    newest = select(_BLOCK.c.id).order_by(_BLOCK.c.id.desc()).limit(1)
    return work.session.scalar(newest) or 0


def waiting_numbers(work: UnitOfWork) -> tuple[ReservedNumber, ...]:
    """Give every number set aside that has no line yet, the oldest first."""
    work.require(Role.REGISTER, Role.ADMIN)
    return (*reserved_numbers(work), *lost_numbers(work))


def numbers_of_blocks(work: UnitOfWork, ids: Sequence[int]) -> tuple[ReservedNumber, ...]:
    """Give the unfilled numbers of some blocks, for their sheets."""
    work.require(Role.REGISTER)
    return tuple(reserved_numbers(work, _BLOCK.c.id.in_(ids)))


def reserved_number(work: UnitOfWork, block_id: int, number: int) -> ReservedNumber:
    """Give one number set aside; StaleError when it has a line by now."""
    if block_id < 0:
        open_ones = lost_numbers(work, act_id=-block_id)
    else:
        open_ones = reserved_numbers(work, _BLOCK.c.id == block_id)
    for one in open_ones:
        if one.number == number:
            return one
    raise StaleError(
        f"Nomor {number:03d} sudah terisi atau sudah dinyatakan tidak dipakai. Tidak ada yang "
        "berubah; daftar sudah diperbarui."
    )


@command
def declare_unused(
    work: UnitOfWork, op_id: str, numbers: Sequence[tuple[int, int]], reason: str = ""
) -> int:
    """Declare numbers set aside unused: (block id, number); give how many.

    Each becomes a void line, which is never used again. Needs the user's presence. A number whose
    data were lost with a disk needs a reason: it may stand on a letter.
    """
    role = work.require(Role.REGISTER)
    work.require_presence()
    text = checked_text(reason, "Alasan", MOST_REASON, "reason")
    link, told = work.link(), []
    for block_id, number in numbers:
        one = reserved_number(work, block_id, number)
        if one.kind == LOST and not text:
            raise InputError(
                f"Nomor {one.label} pernah dipakai di kertas, jadi alasannya harus ditulis. Tidak "
                "ada yang berubah; tulis di mana sudah dicari.",
                "reason",
            )
        _write_unused(work, link, one, text)
        unused = {"series": one.series, "period": one.period, "number": one.number}
        told.append(unused | ({"suffix": one.suffix} if one.suffix else {}))
    work.close_event(link, op_id, "cadangan-batal", role, payload={"unused": told})
    return len(told)


def _write_unused(work: UnitOfWork, link: Link, one: ReservedNumber, reason: str) -> None:
    day = _day_of_unused(work, one)
    refuse_closed(work, day)
    said = _UNUSED_LOST if one.kind == LOST else UNUSED
    line_id = link.add(
        LineRecord,
        request_id=None,
        series=one.series,
        period=one.period,
        number=one.number,
        suffix=one.suffix,
        year=int(one.period),
        day=day.isoformat(),
        zone=work.office.zone,
        service=service_of_series(one.series),
        letter_number=None,
        letter_day="",
        signatory="",
        file_code="",
        queue="",
        name="",
        nik="",
        sex="",
        address="",
        village="",
        purpose="",
        village_letter="",
        facts="{}",
    )
    remark = f"{said}: {reason}" if reason else said
    add_line_status(work, link, line_id, LINE_STATES[Status.CANCELLED], remark)


def _day_of_unused(work: UnitOfWork, one: ReservedNumber) -> date:
    """Give the day of the void line: today, but never beyond the month the number was of."""
    last = calendar.monthrange(one.day.year, one.day.month)[1]
    return min(work.today, one.day.replace(day=last))
