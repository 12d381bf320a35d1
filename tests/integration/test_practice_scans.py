"""The scans that some invented applicants bring: small, marked, whole, and invented throughout."""

import io
from datetime import UTC, datetime

import pypdfium2
import pytest
from PIL import Image

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.documents.sample_scan import sample_pdf, sample_picture
from kecamatan_desk.documents.scan_reading import read_scan
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.scans import JPEG, PDF, kind_of
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.attachments import attachments, scan_pdf
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.practice.maker import fill_office, time_line
from kecamatan_desk.usecases.practice.timeline import PracticeClock
from tests.builders import QUICK
from tests.walking import rows

ROWS = [("NIK", "9901011206850002"), ("Nama", "Siti Maimunah Nur Aisyah " * 4)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A practice office with forty requests."""
    place = Place(tmp_path_factory.mktemp("practice") / "data", "test")
    now = datetime(2026, 5, 12, 5, tzinfo=UTC)
    line = time_line(now, 40)
    clock = PracticeClock(line.at(0))
    office: Office = open_place(place, create="practice", clock=clock, cost=QUICK)
    fill_office(office, clock, line, 40, 1)
    office.close()
    return place


def test_some_files_have_scans_and_everything_is_whole(place: Place) -> None:
    found = rows(place.current_database, "SELECT * FROM attachment ORDER BY id")
    assert 2 <= len(found) <= 10
    assert {row["kind"] for row in found} == {JPEG, PDF}
    assert all("contoh" in row["label"] for row in found)
    assert all(row["size"] < 200_000 for row in found)
    hidden = "SELECT count(*) AS n FROM attachment a JOIN request r ON r.id = a.request_id "
    assert rows(place.current_database, hidden + "WHERE r.data LIKE '%\"rahasia\"%'")[0]["n"] == 0
    report = check_place(place)
    assert report.ok, report.findings
    assert report.checked["lampiran"] == len(found)


def test_they_are_listed_with_their_papers_and_can_be_looked_at(place: Place) -> None:
    office = open_place(place)
    try:
        desk = office.practice_desk(Role.VERIFIKASI)
        request = rows(place.current_database, "SELECT request_id AS id FROM attachment")[0]["id"]
        listed = desk.ask(attachments, request)
        assert all(one.paper for one in listed)
        for one in listed:
            assert scan_pdf(desk, one.id).startswith(b"%PDF")
    finally:
        office.close()


def test_they_bear_contoh_and_whatever_is_drawn_fits() -> None:
    pdf = sample_pdf("KARTU KELUARGA (CONTOH)", ROWS)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert text.count("CONTOH") >= 3
    assert "bukan dokumen" in text
    assert sample_pdf("KARTU KELUARGA (CONTOH)", ROWS) == pdf


def test_they_would_pass_as_anybody_s_scans() -> None:
    picture = sample_picture("KARTU TANDA PENDUDUK (CONTOH)", ROWS)
    assert kind_of(picture[:16]) == JPEG
    assert Image.open(io.BytesIO(picture)).size[0] == 880
    assert read_scan(picture).kind == JPEG
    assert read_scan(sample_pdf("KARTU KELUARGA (CONTOH)", ROWS)).kind == PDF
