"""The SOP sheet of every service."""

from dataclasses import replace

import pytest

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.sop_chart import chart_pages
from kecamatan_desk.documents.sop_sheet import draw_sop_sheet
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents.samples import CAMAT, HEAD, PRACTICE, pages, squeezed


@pytest.mark.parametrize("code", SERVICES)
def test_the_sheet_carries_every_row_of_the_sop(code: str) -> None:
    service = SERVICES[code]
    pdf = draw_sop_sheet(service, HEAD, CAMAT)
    assert page_sizes(pdf) == ((330.0, 215.0), (330.0, 215.0))
    identity, chart = pages(pdf)
    assert squeezed(service.title.partition(" : ")[2]) in squeezed(identity)
    assert "Drs. BAGUS HARTAWIJAYA, M.Si." in identity
    assert service.title in chart
    words = squeezed(chart)
    for step in service.steps:
        for part in (step.activity, step.requires, step.output):
            assert squeezed(part) in words
    for role in service.lanes:
        assert squeezed(role.label) in words
    assert f"Jumlah waktu {service.total_minutes} menit" in chart
    assert ("Mulai" in chart, "Selesai" in chart) == (True, True)
    assert chart.count("TMS") >= 2  # the arrow and the legend
    later = [step for step in service.steps if step.decision][1:]
    assert chart.count("Kembali") == chart.count("Setuju") == len(later)


def test_what_the_office_has_not_said_stays_dotted() -> None:
    identity, _ = pages(draw_sop_sheet(SERVICES["oss"], None))
    assert "SUKAMAJU" not in identity
    assert identity.count("....") >= 8


def test_practice_is_marked() -> None:
    for text in pages(draw_sop_sheet(SERVICES["sktm"], PRACTICE)):
        assert text.count("BUKAN DOKUMEN RESMI, TIDAK BERLAKU") == 2


def test_an_sop_longer_than_a_page_goes_on_through_a_connector() -> None:
    """No service of the office needs it; an edited SOP may."""
    service = SERVICES["ahli-waris"]
    wordy = tuple(
        replace(step, activity=f"{step.activity}, " + "dengan teliti dan saksama, " * 9)
        for step in service.steps
    )
    long = replace(service, steps=wordy)
    layout = chart_pages(long)
    assert len(layout) > 1
    assert sum(len(page.heights) for page in layout) == len(service.steps)
    _, *charts = pages(draw_sop_sheet(long, HEAD))
    assert len(charts) == len(layout)
    for n, text in enumerate(charts, 2):
        assert f"Halaman {n} dari {len(charts) + 1}" in text
    assert sum("Jumlah waktu" in text for text in charts) == 1
    everything = squeezed("".join(charts))
    for step in wordy:
        assert squeezed(step.activity) in everything
