"""Lembar insiden data: the deadline by the clock, counts and no names, printed and noted."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pypdfium2
import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.documents.incident_sheet import PARTS
from kecamatan_desk.domain.errors import InputError, NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.backups import back_up_now, state
from kecamatan_desk.usecases.data_check import check_data
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.incident import (
    Incident,
    incident_pdf,
    incident_sheet,
    suggested,
)
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.person_data import person_pdf
from kecamatan_desk.usecases.reasons import Reason
from tests.builders import SettableClock, handed_over, op, registered
from tests.cli.test_practice_commands import Said
from tests.walking import DeskOf, rows


def words_of(pdf: bytes) -> str:
    """Give what stands on all pages."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


NAMES = ("Siti Maimunah", "Yohanes Surya")
NIKS = ("9901011206850002", "9901012301780003")


@pytest.fixture
def used(desk_of: DeskOf) -> None:
    """Two people's files; one was looked at by somebody whose work it is not, both backed up."""
    receipt = registered(desk_of, nik=NIKS[0], nama=NAMES[0])
    handed_over(desk_of, nik=NIKS[1], nama=NAMES[1])
    back_up_now(desk_of(Role.ADMIN))
    check_data(desk_of(Role.CAMAT))
    person_pdf(desk_of(Role.CAMAT), op(), NIKS[1], Reason("subjek"))
    desk_of(Role.VERIFIKASI).call(look_up, op(), receipt.request_id, Reason("pemohon"), "cari")


def of_now(desk_of: DeskOf) -> Incident:
    return desk_of(Role.CAMAT).ask(suggested)


def test_the_sheet_tells_what_the_program_knows_and_names_nobody(
    used: None, desk_of: DeskOf
) -> None:
    desk = desk_of(Role.CAMAT)
    sheet = desk.ask(incident_sheet, of_now(desk_of), state(desk))
    facts = {pair[0]: pair[1] for pair in sheet.facts}
    assert facts["Insiden diketahui"] == "Selasa, 12 Mei 2026 pukul 09.00 WIB"
    assert facts["Batas pemberitahuan"] == "Jumat, 15 Mei 2026 pukul 09.00 WIB (3 x 24 jam)"
    assert facts["Lembar ini disusun oleh"] == f"{desk.user.name} (Camat)"
    assert dict(sheet.held) == {
        "Orang (NIK berbeda)": "2, dalam 2 berkas",
        "Surat dan hasil pindai": "2 surat, 0 hasil pindai",
        "Pemohon yang diingat": "2",
        "Pengguna yang dapat masuk": "10",
    }
    uses = [(what, amount) for what, _who, amount, _last in sheet.uses]
    assert ("Data satu orang dibuka", "1") in uses
    assert ("Berkas dibuka untuk dilihat", "1") in uses
    told = dict(pair[:2] for pair in sheet.state)
    assert told["Cadangan terakhir di sini"] == "12-05-2026 09.00 WIB"
    assert told["Pemeriksaan data terakhir"] == "12-05-2026 09.00 WIB, data utuh"


def test_it_is_drawn_and_noted_and_nothing_of_it_is_kept(
    used: None, desk_of: DeskOf, place: Place
) -> None:
    pdf = incident_pdf(desk_of(Role.CAMAT), op(), of_now(desk_of))
    said = words_of(pdf)
    for words in ("LEMBAR INSIDEN DATA", "UU 27/2022 pasal 46", "Setiap orang yang datanya", *(
        part for part, _help in PARTS
    )):  # fmt: skip
        assert words in said, words
    for secret in (*NAMES, *NIKS):
        assert secret not in said
    event = rows(place.current_database, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")[0]
    told = json.loads(event["payload"])
    assert event["act"] == "cetak"
    assert {name: told[name] for name in ("what", "from", "to")} == {
        "what": "incident", "from": "2026-05-05", "to": "2026-05-12"
    }  # fmt: skip
    assert not list(place.documents.rglob("*incident*"))


def test_what_lies_before_the_period_is_left_out(
    used: None, desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.now = datetime(2026, 5, 25, 3, tzinfo=UTC)
    desk = desk_of(Role.CAMAT)
    later = replace(of_now(desk_of), since=date(2026, 5, 20))
    assert desk.ask(incident_sheet, later, state(desk)).uses == ()
    assert "Tidak ada yang tercatat." in words_of(incident_pdf_of(desk_of, later))


def incident_pdf_of(desk_of: DeskOf, incident: Incident) -> bytes:
    from kecamatan_desk.documents.incident_sheet import draw_incident

    desk = desk_of(Role.CAMAT)
    return draw_incident(desk.ask(incident_sheet, incident, state(desk)))


def test_the_deadline_runs_by_the_clock_over_a_weekend(desk_of: DeskOf) -> None:
    desk = desk_of(Role.CAMAT)
    friday = Incident(date(2026, 5, 8), time(16, 45), date(2026, 5, 1))
    facts = {pair[0]: pair[1] for pair in desk.ask(incident_sheet, friday, state(desk)).facts}
    assert facts["Batas pemberitahuan"].startswith("Senin, 11 Mei 2026 pukul 16.45 WIB")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"found_day": date(2026, 5, 13)}, "found-day"),
        ({"found_day": date(2024, 5, 12)}, "found-day"),
        ({"since": date(2026, 5, 13)}, "since"),
        ({"since": date(2025, 1, 1)}, "since"),
    ],
)
def test_days_that_cannot_be_are_refused(
    desk_of: DeskOf, place: Place, wrong: dict[str, date], field: str
) -> None:
    before = len(rows(place.current_database, "SELECT * FROM event"))
    with pytest.raises(InputError, match="Tidak ada yang dicetak") as refused:
        incident_pdf(desk_of(Role.CAMAT), op(), replace(of_now(desk_of), **wrong))
    assert refused.value.field == field
    assert len(rows(place.current_database, "SELECT * FROM event")) == before


def test_the_counter_does_not_print_it(desk_of: DeskOf) -> None:
    with pytest.raises(NotAllowedError):
        incident_pdf(desk_of(Role.PELAYANAN), op(), of_now(desk_of))


def test_a_long_list_goes_over_pages(used: None, desk_of: DeskOf) -> None:
    desk = desk_of(Role.CAMAT)
    sheet = desk.ask(incident_sheet, of_now(desk_of), state(desk))
    long = replace(sheet, uses=sheet.uses * 60)
    from kecamatan_desk.documents.incident_sheet import draw_incident
    from kecamatan_desk.documents.pictures import page_count

    assert page_count(draw_incident(long)) >= 4


def test_the_command_prints_it_too(
    used: None,
    office: Office,
    place: Place,
    tmp_path: Path,
    capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import io
    import sys

    from tests.builders import PASSWORD

    office.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    target = tmp_path / "insiden.pdf"
    words = ["--data", str(place.root), "incident", "-o", str(target), "--user", "camat"]
    assert main([*words, "--days", "3"]) == 0
    assert "LEMBAR INSIDEN DATA" in words_of(target.read_bytes())
    with pytest.raises(SystemExit):
        main([*words, "--found", "kemarin"])
    assert "bukan tanggal dan jam" in capsys.readouterr().err
