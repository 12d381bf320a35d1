"""What a closing states beyond numbers: voids, inserted and late ones, blocks, emergencies."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases import closing, processing
from kecamatan_desk.usecases.accounts import save_acting
from kecamatan_desk.usecases.agreements import PHONE, proposals
from kecamatan_desk.usecases.book_states import month_obstacles, today_state
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.closing_facts import collect
from kecamatan_desk.usecases.closing_pages import closing_facts, closing_pdf, keep_page
from kecamatan_desk.usecases.closing_values import facts_from
from kecamatan_desk.usecases.emergency import propose_emergency
from kecamatan_desk.usecases.inserting import propose_inserted
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.proposals import agree, record_agreement
from kecamatan_desk.usecases.reserving import declare_unused, reserve, waiting_numbers
from kecamatan_desk.usecases.values import Answer, Receipt, RecordedDecision, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import DeskOf, SettableClock, op, registered, seen, voided
from tests.closing_office import MAY_END, closed_may
from tests.documents.samples import pages
from tests.walking import brought_to

TODAY = date(2026, 5, 12)


def fresh(desk_of: DeskOf, receipt: Receipt) -> Seen:
    view = desk_of(Role.REGISTER).ask(request_view, receipt.request_id)
    return Seen(view.id, view.version)


def page(desk_of: DeskOf, act: int) -> str:
    return "\n".join(pages(closing_pdf(desk_of(Role.REGISTER), act)))


def test_voids_stand_with_their_reasons(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    voided(desk_of, reason="Nama anak keliru")
    older = registered(desk_of)
    act = closed_may(desk_of, clock)
    facts = desk_of(Role.REGISTER).ask(closing_facts, act)
    (series,) = facts.series
    assert (series.numbers, series.void, series.running) == (2, 1, 1)
    assert [(one.number, one.void_day) for one in facts.voids] == [("001", "2026-05-12")]
    text = page(desk_of, act)
    assert "Nama anak keliru" in text
    assert "1 (satu) batal" in text

    clock.set(datetime(2026, 6, 30, 2, tzinfo=UTC))  # void after its own month was closed
    voided(desk_of, older, "Salah nama")
    june = desk_of(Role.REGISTER).call(closing.close_month, op(), 2026, 6)
    told = desk_of(Role.REGISTER).ask(closing_facts, june)
    assert [(one.number, one.day, one.void_day) for one in told.voids] == [
        ("002", "2026-05-12", "2026-06-30")
    ]
    assert "Salah nama" in page(desk_of, june)
    assert check_place(place).ok


def test_inserted_numbers_are_counted_apart_and_late(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    registered(desk_of)
    waiting = brought_to(desk_of, "sktm", "register")
    clock.advance(days=1)
    register = desk_of(Role.REGISTER)
    register.call(propose_inserted, op(), seen(waiting), TODAY, "Surat tertanggal lebih awal")
    (asked,) = desk_of(Role.SEKCAM).ask(proposals)
    desk_of(Role.SEKCAM).call(agree, op(), asked.id)
    register.call(give_agenda_number, op(), fresh(desk_of, waiting))
    act = closed_may(desk_of, clock)
    facts = register.ask(closing_facts, act)
    (series,) = facts.series
    assert (series.first, series.last, series.numbers, series.inserted) == ("001", "001", 1, 1)
    (late,) = facts.late
    assert (late.number, late.day, late.written) == ("001.A", "2026-05-12", "2026-05-13")
    assert "di antaranya nomor sisipan" in page(desk_of, act)
    assert check_place(place).ok


def test_a_day_tells_the_numbers_it_gave_under_an_earlier_date(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    registered(desk_of)
    waiting = brought_to(desk_of, "sktm", "register")
    register = desk_of(Role.REGISTER)
    before = register.call(closing.close_day, op())
    clock.advance(days=1)
    register.call(propose_inserted, op(), seen(waiting), TODAY, "Surat tertanggal lebih awal")
    (asked,) = desk_of(Role.SEKCAM).ask(proposals)
    desk_of(Role.SEKCAM).call(agree, op(), asked.id)
    register.call(give_agenda_number, op(), fresh(desk_of, waiting))
    assert register.ask(today_state).earlier == 1

    act = register.call(closing.close_day, op())

    facts = register.ask(closing_facts, act)
    assert facts.series == ()  # they are lines of their own day's book
    (one,) = facts.earlier
    assert (one.number, one.day, one.inserted) == ("001.A", "2026-05-12", True)
    assert one.page.startswith("12-05-2026 ")
    text = page(desk_of, act)
    assert "dicatat 1 (satu) nomor sisipan bertanggal hari sebelumnya" in " ".join(text.split())
    assert "001.A" in text
    assert "tanpa nomor ini" in " ".join(text.split())
    assert "001.A" not in page(desk_of, before)
    assert check_place(place).ok


def test_facts_kept_before_numbers_of_earlier_dates_were_told_are_read(desk_of: DeskOf) -> None:
    register = desk_of(Role.REGISTER)
    stored = register.ask(collect, "2026-05-12").stored()
    del stored["earlier"]

    assert facts_from(stored).earlier == ()


def test_unfilled_reserved_numbers_keep_a_month_open(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    register = desk_of(Role.REGISTER)
    registered(desk_of)
    register.call(reserve, op(), [("sktm", 3)])
    clock.set(MAY_END)
    (obstacle,) = register.ask(month_obstacles, 2026, 5)
    assert obstacle.code == "cadangan"
    assert "002–004" in obstacle.text
    with pytest.raises(RuleError, match="002–004 belum diisi"):
        register.call(closing.close_month, op(), 2026, 5)
    left = [(one.block_id, one.number) for one in register.ask(waiting_numbers)]
    register.call(declare_unused, op(), left)
    act = register.call(closing.close_month, op(), 2026, 5)
    facts = register.ask(closing_facts, act)
    (block,) = facts.blocks
    assert (block.first, block.last, block.filled, block.void) == (2, 4, 0, 3)
    (series,) = facts.series
    assert (series.numbers, series.void, series.last) == (4, 3, "004")
    assert "002 s.d. 004" in page(desk_of, act)
    assert check_place(place).ok


def test_a_numbered_file_returned_to_the_applicant_counts_so(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "oss", "validasi")
    back = desk_of(Role.KASI).call(
        processing.send_back, op(), seen(receipt), "terima", "Surat kuasa tidak jelas"
    )
    lines = [r.code for r in SERVICES["oss"].requirements if r.need == "wajib"]
    answers = [Answer(code, "tidak-ada", reason="Tidak dibawa") for code in lines]
    desk_of(Role.TIM_TEKNIS).call(processing.fail_check, op(), seen(back), answers)
    facts = desk_of(Role.REGISTER).ask(collect, "2026-05")
    (series,) = facts.series
    assert (series.returned, series.running) == (1, 0)
    assert [one.waits for one in facts.open] == ["menunggu pemohon (TMS)"]


def test_an_emergency_stands_with_who_agreed_and_why(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = registered(desk_of)
    kasi, admin = desk_of(Role.KASI), desk_of(Role.ADMIN)
    until = TODAY + timedelta(days=3)
    admin.call(save_acting, op(), kasi.user.id, Role.SEKCAM, "Plh", TODAY, until, "800/1")
    for role in (Role.SEKCAM, Role.CAMAT):
        admin.call(save_absence, op(), desk_of(role).user.id, TODAY, TODAY, "Rapat di kabupaten")
    why = "Semua atasan rapat di kabupaten"
    kasi.call(propose_emergency, op(), seen(receipt), kasi.user.id, why)
    (asked,) = kasi.ask(proposals)
    agreed = RecordedDecision(desk_of(Role.CAMAT).user.id, Role.CAMAT, clock.now)
    desk_of(Role.REGISTER).call(record_agreement, op(), asked.id, agreed, PHONE)
    kasi.call(processing.approve, op(), fresh(desk_of, receipt))
    act = desk_of(Role.REGISTER).call(closing.close_day, op())
    (deed,) = desk_of(Role.REGISTER).ask(closing_facts, act).overrides
    assert (deed.who, deed.file_code) == ("Hendra Gunawan, S.Sos.", receipt.file_code)
    assert deed.by == "Drs. Agus Santoso, M.AP. (Camat), lewat telepon"
    text = page(desk_of, act)
    assert "Tanda tangan darurat" in text
    assert why in text.replace("\n", " ")


def test_a_confirmed_clock_stands_on_the_page(desk_of: DeskOf, clock: SettableClock) -> None:
    registered(desk_of)
    clock.advance(days=-1)
    desk_of(Role.REGISTER).call(confirm_clock, op())
    facts = desk_of(Role.REGISTER).ask(collect, "2026-05")
    assert [one.who for one in facts.clocks] == ["Dewi Anggraini"]


def test_the_first_page_kept_counts(desk_of: DeskOf, clock: SettableClock) -> None:
    act = closed_may(desk_of, clock)
    desk = desk_of(Role.REGISTER)
    first = desk.call(keep_page, op(), act, "a" * 64)
    assert desk.call(keep_page, op(), act, "b" * 64) == first == "a" * 64  # two PCs at once
