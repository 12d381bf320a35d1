"""Closing a day, a month, a year, and opening a month again: one transaction each.

A closing states where the chain stood before its own event; its page is drawn afterwards
(closing_pages). Source: closing rules of domain facts 3.1 and 3.4, reliability 3.5 (anchors).
"""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from kecamatan_desk.domain.errors import DeskError, InputError, RuleError
from kecamatan_desk.domain.indonesian import MONTHS, long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import ProposalRecord
from kecamatan_desk.usecases.agreements import AGREED, REOPENING, use_up
from kecamatan_desk.usecases.book_states import (
    book_acts,
    month_obstacles,
    months_to_close,
    new_on,
    year_obstacles,
)
from kecamatan_desk.usecases.clock_guard import require_sure_clock
from kecamatan_desk.usecases.closed_books import (
    CLOSED,
    CLOSED_DAY,
    CLOSERS,
    REOPENED,
    period_label,
    put_book_act,
)
from kecamatan_desk.usecases.closing_facts import clock_of, collect, head_of_chain
from kecamatan_desk.usecases.closing_preparing import Prepared, prepare_year
from kecamatan_desk.usecases.closing_values import Obstacle
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command, earlier_answer
from kecamatan_desk.usecases.proposals import put_proposal


def _refuse(obstacles: tuple[Obstacle, ...], what: str) -> None:
    if obstacles:
        why = " ".join(obstacle.text for obstacle in obstacles)
        raise RuleError(
            f"{what} tidak ditutup sekarang, dan tidak ada yang berubah. {why} Lihat keadaannya "
            "pada menu Tutup Buku."
        )


# --- closing -------------------------------------------------------------------------------------


@command
def close_month(work: UnitOfWork, op_id: str, year: int, month: int) -> int:
    """Close the book of a month: it takes no new and no inserted lines; give the act.

    RuleError before its last working day, while an earlier month is open, twice, and while
    numbers set aside have neither line nor void.
    """
    role = work.require(*CLOSERS)
    if not 1 <= month <= 12:
        raise InputError(
            f"Bulan {month} tidak ada. Tidak ada yang berubah; pilih bulan 1 sampai 12.", "month"
        )
    _refuse(month_obstacles(work, year, month), f"Buku bulan {MONTHS[month - 1]} {year}")
    return _close(work, op_id, role, CLOSED, f"{year:04d}-{month:02d}")


@command
def close_year(work: UnitOfWork, op_id: str, year: int, prepared: Prepared | None = None) -> int:
    """Close the book of a year, when all its months are; give the act. RuleError otherwise.

    ``prepared``: what it states, if the chain has not gone on since (`close_prepared_year`).
    """
    role = work.require(*CLOSERS)
    _refuse(year_obstacles(work, year), f"Buku tahun {year}")
    return _close(work, op_id, role, CLOSED, str(year), prepared)


def close_prepared_year(desk: Desk, op_id: str, year: int) -> int:
    """Close a year as `close_year` does, with the counter going on while its lines are read.

    A job of several transactions, of which the last one writes; refused before anything is read.
    """
    done, obstacles = desk.ask(_before_year, op_id, year)
    if done is not None:
        return done
    _refuse(obstacles, f"Buku tahun {year}")
    return desk.call(close_year, op_id, year, prepare_year(desk, year))


def _before_year(
    work: UnitOfWork, op_id: str, year: int
) -> tuple[int | None, tuple[Obstacle, ...]]:
    """Give the act this very deed has made before, and what stands in its way."""
    work.require(*CLOSERS)
    return earlier_answer(work, op_id, close_year), year_obstacles(work, year)


@command
def close_day(work: UnitOfWork, op_id: str, day: date | None = None) -> int:
    """Write the day's closing line, today's without a day; give the act.

    Nothing is locked by it. It may be repeated when something was done since; RuleError when
    nothing was, and for a day to come.
    """
    role = work.require(*CLOSERS)
    day = day or work.today
    if day > work.today:
        raise RuleError(
            f"Hari {long_date(day)} belum tiba. Tidak ada yang berubah; pilih hari ini atau yang "
            "sudah lewat."
        )
    if not new_on(work, day):
        raise RuleError(
            f"Penutupan harian {long_date(day)} sudah dibuat, dan sejak itu tidak ada yang baru. "
            "Tidak ada yang berubah; cetak halaman yang tersimpan."
        )
    return _close(work, op_id, role, CLOSED_DAY, day.isoformat())


def _close(
    work: UnitOfWork,
    op_id: str,
    role: Role,
    kind: str,
    period: str,
    prepared: Prepared | None = None,
) -> int:
    require_sure_clock(
        work, closing=True
    )  # a clock that leapt ahead would close months that still run
    head = head_of_chain(work)
    if prepared and prepared.head == head and prepared.facts.day == work.today.isoformat():
        facts = replace(prepared.facts, clock=clock_of(work))
    else:
        facts = collect(work, period)
    return put_book_act(
        work,
        op_id,
        role,
        kind,
        period,
        facts.stored(),
        head=(head.seq, head.hash),
        told={"head": head.hash[:16], "head_seq": head.seq},
    )


def close_in_order(desk: Desk, op_id: str, year: int) -> tuple[int, ...]:
    """Close the open months of a year one after the other, as far as it goes; give the acts.

    A job of several transactions: what is closed stays so when a later month is refused.
    """
    done: list[int] = []
    for month in desk.ask(months_to_close, year):
        if month.closed:
            continue
        try:
            done.append(desk.call(close_month, f"{op_id}-{month.month}", year, month.month))
        except DeskError:
            if not done:
                raise
            break
    return tuple(done)


# --- opening again -------------------------------------------------------------------------------


@command
def propose_reopening(work: UnitOfWork, op_id: str, year: int, month: int, reason: str) -> int:
    """Ask for a closed month to be opened again; give the proposal. A second person must agree."""
    role = work.require(*CLOSERS)
    period = f"{year:04d}-{month:02d}"
    if not book_acts(work).month_closed(year, month):
        raise RuleError(
            f"Buku {period_label(period)} masih terbuka. Tidak ada yang berubah; nomor dapat "
            "langsung diberikan."
        )
    return put_proposal(work, op_id, REOPENING, role, reason, {"period": period})


@command
def reopen(work: UnitOfWork, op_id: str, year: int, month: int) -> int:
    """Open a closed month again, when another person has agreed; give the act.

    PresenceError without a fresh PIN; RuleError without the agreement. Its year, when it was closed
    too, has to be closed anew after it.
    """
    role = work.require(*CLOSERS)
    work.require_presence()
    period = f"{year:04d}-{month:02d}"
    if not book_acts(work).month_closed(year, month):
        raise RuleError(
            f"Buku {period_label(period)} masih terbuka. Tidak ada yang berubah; nomor dapat "
            "langsung diberikan."
        )
    record = _agreement(work, period)
    if record is None:
        raise RuleError(
            f"Buku {period_label(period)} hanya dibuka kembali dengan persetujuan pejabat lain. "
            "Tidak ada yang berubah; usulkan dengan alasannya, lalu mintalah Kasi, Sekcam, atau "
            "Camat menyetujui."
        )
    head = head_of_chain(work)
    told = use_up(record)
    return put_book_act(
        work,
        op_id,
        role,
        REOPENED,
        period,
        {"proposal": record.id},
        reason=record.reason,
        head=(head.seq, head.hash),
        told=told,
    )


def _agreement(work: UnitOfWork, period: str) -> ProposalRecord | None:
    wanted = select(ProposalRecord).where(
        ProposalRecord.kind == REOPENING,
        ProposalRecord.facts == canonical({"period": period}),
        ProposalRecord.state == AGREED,
    )
    return work.session.scalars(wanted.order_by(ProposalRecord.id.desc())).first()
