"""The monthly report: its month, its figures, what it refuses, what it remembers, whom it hides."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.report_values import ReportCover, ReportRow
from kecamatan_desk.domain.errors import InputError, MachineError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import save_profile
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.report import (
    ReportTexts,
    default_recipient,
    keep_report_texts,
    monthly_report,
    report_pdf,
    report_texts,
    report_xlsx,
)
from kecamatan_desk.usecases.report_figures import GROUPS
from kecamatan_desk.usecases.values import Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Family
from tests.builders import PROFILE, SettableClock, handed_over, op, registered, taken_in
from tests.documents.samples import pages
from tests.integration.test_query_plans import asked, plan
from tests.walking import DeskOf, brought_to, drafted, needed_paper, papers, seen, started


def row(desk_of: DeskOf, service: str = "sktm", year: int = 2026, month: int = 5) -> ReportRow:
    report = desk_of(Role.KASI).ask(monthly_report, year, month)
    return next(row for row in report.rows if row.service == service)


def test_every_service_stands_in_one_group_in_the_offices_order(desk_of: DeskOf) -> None:
    report = desk_of(Role.KASI).ask(monthly_report, 2026, 5)

    assert [row.service for row in report.rows] == list(SERVICES)
    assert [(group.name, len(group.rows)) for group in report.groups] == [
        ("Kependudukan", 8),
        ("Surat Keterangan/Rekomendasi", 10),
        ("Perizinan", 1),
        ("Pengaduan", 1),
    ]
    assert sorted(family for _, families in GROUPS for family in families) == sorted(Family)
    assert report.is_nil


def test_the_offices_own_midnight_parts_the_months(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(datetime(2026, 5, 31, 16, 59, tzinfo=UTC))  # 23.59 WIB on 31 May
    taken_in(desk_of)
    clock.set(datetime(2026, 5, 31, 17, 0, tzinfo=UTC))  # midnight: June
    taken_in(desk_of)

    may, june = row(desk_of), row(desk_of, month=6)
    assert (may.carried, may.came, may.left) == (0, 1, 1)
    assert (june.carried, june.came, june.left) == (1, 1, 2)


def test_lines_of_the_last_day_are_registered_in_the_month(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 31, 16, 59, tzinfo=UTC))
    registered(desk_of)
    clock.set(datetime(2026, 5, 31, 17, 0, tzinfo=UTC))
    registered(desk_of)

    assert (row(desk_of).registered, row(desk_of, month=6).registered) == (1, 1)


def test_a_month_under_way_says_how_far_it_goes(desk_of: DeskOf, clock: SettableClock) -> None:
    kasi = desk_of(Role.KASI)
    assert "sementara, s.d. tanggal 12 Mei 2026" in kasi.ask(monthly_report, 2026, 5).period

    clock.set(datetime(2026, 5, 31, 17, 0, tzinfo=UTC))
    assert kasi.ask(monthly_report, 2026, 5).period == "bulan Mei 2026"


@pytest.mark.parametrize(
    ("year", "month"), [(2026, 6), (2027, 1), (2026, 0), (2026, 13), (1999, 1)]
)
def test_a_month_that_has_not_begun_or_does_not_exist_is_refused(
    desk_of: DeskOf, year: int, month: int
) -> None:
    with pytest.raises(RuleError):
        desk_of(Role.KASI).ask(monthly_report, year, month)


def test_the_administrator_reads_no_report(admin_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        admin_desk.ask(monthly_report, 2026, 5)


def test_minutes_are_counted_with_and_without_pauses(desk_of: DeskOf, clock: SettableClock) -> None:
    waiting = taken_in(desk_of)
    kasi = desk_of(Role.KASI)
    stopped = kasi.call(processing.pause, op(), seen(waiting), "Listrik padam")
    clock.advance(minutes=40)
    going = kasi.call(processing.resume, op(), seen(stopped))
    clock.advance(minutes=10)
    answered = kasi.call(processing.pass_check, op(), seen(going), papers("sktm"))
    handed_over(desk_of, registered(desk_of, answered))
    handed_over(desk_of)

    sktm = row(desk_of)
    assert (sktm.average, sktm.gross_average) == (5, 25)
    assert (sktm.within, sktm.share) == (2, 100)


def test_a_file_a_second_beyond_the_norm_is_late(desk_of: DeskOf, clock: SettableClock) -> None:
    for seconds in (15 * 60, 15 * 60 + 1):
        waiting = taken_in(desk_of)
        clock.advance(seconds=seconds)
        kasi = desk_of(Role.KASI)
        passed = kasi.call(processing.pass_check, op(), seen(waiting), papers("sktm"))
        handed_over(desk_of, registered(desk_of, passed))

    assert (row(desk_of).done, row(desk_of).within) == (2, 1)


def test_a_returned_file_is_left_and_a_closed_or_expired_one_is_tms(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    failing = papers("sktm", missing=needed_paper("sktm"))
    kasi = desk_of(Role.KASI)
    first = kasi.call(processing.fail_check, op(), seen(taken_in(desk_of)), failing)
    second = kasi.call(processing.fail_check, op(), seen(taken_in(desk_of)), failing)
    kasi.call(processing.fail_check, op(), seen(taken_in(desk_of)), failing)
    kasi.call(processing.close_failed, op(), seen(first), "Ke Dinas Sosial")
    desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(second))
    assert (row(desk_of).failed, row(desk_of).left) == (1, 2)

    clock.advance(days=31)
    desk_of(Role.PELAYANAN).call(processing.expire_overdue, op())

    june = row(desk_of, month=6)
    assert (june.carried, june.failed, june.left, june.note) == (2, 1, 1, "1 kedaluwarsa")


def test_returns_at_the_counter_name_their_papers_too(desk_of: DeskOf) -> None:
    code = needed_paper("oss")
    saved, draft = drafted(desk_of, "oss")
    desk = desk_of(Role.TIM_TEKNIS)
    draft = replace(draft, answers=papers("oss", missing=code))
    desk.call(intake.fail_at_counter, op(), Seen(saved.id, saved.version), draft)

    report = desk.ask(monthly_report, 2026, 5)
    name = {paper.code: paper.name for paper in SERVICES["oss"].requirements}[code]
    assert [(r.paper, r.count, r.services) for r in report.reasons] == [(name, 1, "OSS 1")]
    assert (report.returns, report.returned_files) == (1, 1)


def test_both_endings_of_a_recording_are_counted_apart(desk_of: DeskOf) -> None:
    for _ in range(2):
        brought_to(desk_of, "perekaman-ktp", "")

    assert row(desk_of, "perekaman-ktp").note == "2 berhasil"


def test_drafts_are_not_counted(desk_of: DeskOf) -> None:
    saved, _ = drafted(desk_of, "sktm")
    drafted(desk_of, "oss")
    counter = desk_of(Role.PELAYANAN)
    counter.call(processing.cancel, op(), Seen(saved.id, saved.version), "Salah ketik")

    assert counter.ask(monthly_report, 2026, 5).is_nil


def damaged(desk: Desk) -> None:
    """Let a file end before it came, as when the PC's clock jumps back."""
    with closing(sqlite3.connect(desk.store.path)) as file, file:
        file.execute(
            "UPDATE request SET taken_in_at = '2026-06-02T02:00:00.000000Z' "
            "WHERE status = 'selesai'"
        )


def test_a_report_that_does_not_balance_is_not_printed(desk_of: DeskOf, tmp_path: Path) -> None:
    handed_over(desk_of)
    kasi = desk_of(Role.KASI)
    damaged(kasi)

    with pytest.raises(RuleError, match="SKTM"):
        report_pdf(kasi, 2026, 5)
    with pytest.raises(RuleError, match="tidak seimbang"):
        report_xlsx(kasi, 2026, 5, tmp_path / "r.xlsx")
    assert not list(tmp_path.glob("r.*"))


# Whom it hides


SECRET = "Rahasia Purnamasari Widyaningrum"


def complaint(desk_of: DeskOf, subject: str, secret: str = "ya") -> None:
    started(desk_of, "pengaduan", nama=SECRET, pokok=subject, rahasia=secret)


def test_a_hidden_reporter_is_in_no_part_of_the_report(desk_of: DeskOf, tmp_path: Path) -> None:
    complaint(desk_of, "Jalan rusak di Mekarsari")
    complaint(desk_of, "Pagar purnamasari, dirobohkan tetangga")
    complaint(desk_of, "Tanah 9901015404910001 diserobot")
    kasi = desk_of(Role.KASI)

    text = " ".join(pages(report_pdf(kasi, 2026, 5))).casefold()
    book = load_workbook(report_xlsx(kasi, 2026, 5, tmp_path / "r.xlsx"))
    cells = " ".join(str(c.value) for sheet in book for line in sheet for c in line).casefold()

    for told in (text, cells):
        assert "jalan rusak di mekarsari" in told
        assert told.count("lihat berkasnya") == 2
        assert not [word for word in SECRET.casefold().split() if f" {word}" in told]
        assert "9901015404910001" not in told
    assert row(desk_of, "pengaduan").men + row(desk_of, "pengaduan").women == 0


def test_an_open_complaint_keeps_its_subject(desk_of: DeskOf) -> None:
    complaint(desk_of, "Pagar Purnamasari dirobohkan", secret="tidak")

    (line,) = desk_of(Role.KASI).ask(monthly_report, 2026, 5).complaints
    assert (line.number, line.subject) == ("001", "Pagar Purnamasari dirobohkan")
    assert line.state == "Belum selesai"


def test_complaints_left_from_last_month_are_listed_until_they_end(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "pengaduan", "klasifikasi")
    clock.advance(days=25)
    brought_to(desk_of, "pengaduan", "")

    kasi = desk_of(Role.KASI)
    states = [c.state for c in kasi.ask(monthly_report, 2026, 6).complaints]
    assert states == ["Belum selesai", "Selesai 06-06-2026"]
    assert len(kasi.ask(monthly_report, 2026, 5).complaints) == 1


# What is typed


@pytest.mark.parametrize(
    ("regency", "first"),
    [
        ("Kabupaten Mekarjaya", "Bupati Mekarjaya"),
        ("KOTA Mekarjaya", "Wali Kota Mekarjaya"),
        ("Mekarjaya", "Bupati/Wali Kota Mekarjaya"),
    ],
)
def test_the_report_goes_to_the_regent_or_the_mayor(regency: str, first: str) -> None:
    lines = default_recipient(OfficeProfile(regency=regency)).splitlines()

    assert lines[:2] == [first, "melalui Sekretaris Daerah"]


def test_recipient_goes_over_to_other_months_number_and_notes_stay(desk_of: DeskOf) -> None:
    kasi = desk_of(Role.KASI)
    cover = ReportCover("100.2.2.5/7/2026", "Segera", "Bupati Mekarjaya\ndi Mekarjaya")
    kasi.call(keep_report_texts, 2026, 4, ReportTexts(cover, "Listrik padam\n\nGenset disewa"))

    april, may = kasi.ask(report_texts, 2026, 4), kasi.ask(report_texts, 2026, 5)
    assert april == ReportTexts(cover, "Listrik padam\nGenset disewa")
    assert may == ReportTexts(ReportCover("", "Segera", cover.recipient))
    letter, *_, last = pages(report_pdf(kasi, 2026, 4))
    assert "100.2.2.5/7/2026" in letter
    assert "Genset disewa" in last


def test_the_default_recipient_follows_the_office(desk_of: DeskOf, admin_desk: Desk) -> None:
    kasi = desk_of(Role.KASI)
    kasi.call(keep_report_texts, 2026, 5, kasi.ask(report_texts, 2026, 5))
    admin_desk.call(save_profile, op(), replace(PROFILE, regency="Kota Mekarjaya"))

    cover = kasi.ask(report_texts, 2026, 5).cover
    assert cover.recipient.startswith("Wali Kota Mekarjaya")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (ReportTexts(ReportCover(recipient="\n".join("abcdefg"))), "recipient"),
        (ReportTexts(ReportCover(recipient="x" * 91)), "recipient"),
        (ReportTexts(ReportCover(number="9" * 61)), "number"),
        (ReportTexts(ReportCover(nature="Kilat")), "nature"),
        (ReportTexts(ReportCover(), "\n".join(["x" * 1600] * 2)), "notes"),
        (ReportTexts(ReportCover(), "\n".join(["x"] * 41)), "notes"),
        (ReportTexts(ReportCover(), "gangguan\u202ejaringan"), "notes"),
    ],
)
def test_what_could_not_be_printed_is_refused_at_its_field(
    desk_of: DeskOf, texts: ReportTexts, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        desk_of(Role.KASI).call(keep_report_texts, 2026, 5, texts)

    assert refused.value.field == field


# On paper and in the workbook


def test_letter_and_tables_have_their_own_sheets(desk_of: DeskOf) -> None:
    registered(desk_of)
    pdf = report_pdf(desk_of(Role.KASI), 2026, 5, "Jaringan putus")

    assert page_sizes(pdf) == ((210.0, 297.0), *[(330.0, 215.0)] * 5)
    letter, table, villages, _, charts, last = pages(pdf)
    assert "Yth. Bupati Mekarjaya melalui Sekretaris Daerah" in letter
    assert "sementara, s.d. tanggal 12 Mei 2026" in letter
    assert "Halaman 1 dari 5" in table
    assert "Rekomendasi Surat Keterangan Tidak Mampu (SKTM)" in table
    assert "Cibodas" in villages
    assert "Mei 2026" in charts
    assert "Mengetahui, CAMAT SUKAMAJU, Drs. Agus Santoso, M.AP." in last
    assert "KEPALA SEKSI PELAYANAN DAN PERIZINAN, Hendra Gunawan, S.Sos." in last
    assert "a.n." not in last
    assert "Jaringan putus" in last
    assert not any("LATIHAN" in page for page in pages(pdf))


def test_the_workbook_holds_the_same_figures_and_no_formula(
    desk_of: DeskOf, tmp_path: Path
) -> None:
    registered(desk_of)
    handed_over(desk_of)
    kasi = desk_of(Role.KASI)
    target = report_xlsx(kasi, 2026, 5, tmp_path / "r.xlsx", '=1+1\n=HYPERLINK("x")')

    book = load_workbook(BytesIO(target.read_bytes()))
    cells = [cell for sheet in book for line in sheet for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=1+1" in [cell.value for cell in cells]
    report = kasi.ask(monthly_report, 2026, 5)
    sums = next(line for line in book["Rekapitulasi"].values if line[1] == "JUMLAH")
    total = report.total
    assert sums[2:8] == (
        total.carried,
        total.came,
        total.done,
        total.failed,
        total.refused,
        total.left,
    )
    assert sums[13] == total.registered == 2
    sktm = next(x for x in book["Rekapitulasi"].values if str(x[1]).endswith("(SKTM)"))
    assert (sktm[3], sktm[4], sktm[12]) == (2, 1, 100)
    assert list(tmp_path.glob("r.*")) == [target]


def test_a_folder_that_cannot_be_written_is_told(desk_of: DeskOf, tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        report_xlsx(desk_of(Role.KASI), 2026, 5, tmp_path / "nowhere" / "r.xlsx")


# An office of many years


def test_a_month_is_counted_without_reading_the_years_before_it(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.KASI)
    for statement in asked(desk, monthly_report, 2026, 5):
        for step in plan(desk, statement):
            if "request" not in step and "event" not in step and "register_line" not in step:
                continue
            assert not step.startswith("SCAN"), (step, statement[0])
            if "ix_request_taken_in" in step:
                assert "taken_in_at>?" in step, (step, statement[0])
            if "ix_request_ended" in step:
                assert "ended_at>?" in step, (step, statement[0])
