"""The Lembar tab: what a file can have printed now, pictured and printed as it stands."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_panel import SLIPS, RequestPanel
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.values import Receipt
from tests.builders import op
from tests.documents.samples import pages
from tests.ui.screen_tools import Heard, Printed
from tests.walking import brought_to, papers, seen

DeskOf = Callable[[Role], Desk]
OF_A_SERVICE = ["Persyaratan layanan", "Lembar SOP"]


@pytest.fixture
def context(context_of: Callable[[Role], ScreenContext]) -> ScreenContext:
    return context_of(Role.PELAYANAN)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def panel(context: ScreenContext) -> Iterator[RequestPanel]:
    panel = RequestPanel(context)
    panel.resize(846, 620)
    panel.show()
    yield panel
    shiboken6.delete(panel)


def refused(desk_of: DeskOf) -> Receipt:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    return desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(receipt), "Bukan warga sini")


def cancelled(desk_of: DeskOf) -> Receipt:
    receipt = brought_to(desk_of, "sktm", "verifikasi")
    return desk_of(Role.PELAYANAN).call(processing.cancel, op(), seen(receipt), "Ditarik")


def sent_back(desk_of: DeskOf) -> Receipt:
    receipt = brought_to(desk_of, "sktm", "verifikasi")
    missing = papers("sktm", missing="pengantar")
    return desk_of(Role.KASI).call(processing.fail_check, op(), seen(receipt), missing)


def titles(panel: RequestPanel) -> list[str]:
    model = panel.slips.model
    return [model.data(model.index(n, 0)) for n in range(model.rowCount())]


def open_slips(qtbot: QtBot, panel: RequestPanel, request_id: int) -> None:
    with qtbot.waitSignal(panel.loaded):
        panel.load(request_id)
    panel.show_page(SLIPS)
    qtbot.waitUntil(lambda: bool(panel.slips.pages.pdf))


@pytest.mark.parametrize(
    ("ending", "own", "shown"),
    [
        (
            lambda d: brought_to(d, "sktm", "verifikasi"),
            ["Tanda terima berkas", "Lembar ceklis dan kendali"],
            "ceklis",
        ),
        (
            lambda d: brought_to(d, "sktm", ""),
            [
                "Tanda terima berkas",
                "Lembar ceklis dan kendali",
                "Nomor antrian",
                "Bukti serah terima",
            ],
            "serah-terima",
        ),
        (
            refused,
            [
                "Tanda terima berkas",
                "Lembar ceklis dan kendali",
                "Nomor antrian",
                "Pemberitahuan penolakan",
                "Tanda terima pengembalian",
            ],
            "berkas-kembali",
        ),
        (
            cancelled,
            ["Tanda terima berkas", "Lembar ceklis dan kendali", "Tanda terima pengembalian"],
            "berkas-kembali",
        ),
        (
            sent_back,
            ["Tanda terima berkas", "Lembar ceklis dan kendali", "Lembar pengembalian (TMS)"],
            "pengembalian",
        ),
    ],
)
def test_a_file_offers_the_slips_it_can_have_now_the_latest_shown(
    qtbot: QtBot,
    panel: RequestPanel,
    desk_of: DeskOf,
    printed: Printed,
    ending: Callable[[DeskOf], Receipt],
    own: list[str],
    shown: str,
) -> None:
    receipt = ending(desk_of)

    open_slips(qtbot, panel, receipt.request_id)
    panel.slips.print_button.click()

    assert titles(panel) == [*own, *OF_A_SERVICE]
    assert printed.kinds == [shown]


def test_every_slip_of_a_refused_file_is_drawn_and_prints_what_is_shown(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf, printed: Printed, context: ScreenContext
) -> None:
    heard = Heard(context)
    receipt = refused(desk_of)
    open_slips(qtbot, panel, receipt.request_id)
    slips = panel.slips

    for n, title in enumerate(titles(panel)):
        slips.list.setCurrentIndex(slips.model.index(n, 0))
        qtbot.waitUntil(lambda: slips.print_button.isEnabled())
        slips.print_button.click()
        assert slips.slip is not None
        assert slips.slip.title == title

    *own, requirements, sop = printed.titles
    assert own[0] == f"Tanda terima berkas {receipt.file_code}"
    assert all(title.endswith(receipt.file_code) for title in own)
    assert (requirements, sop) == ("Persyaratan layanan SKTM", "Lembar SOP SKTM")
    assert len(printed.papers) == 7
    assert len({pdf for _, pdf in printed.papers}) == 7
    notice = " ".join(pages(dict(printed.papers)["penolakan"])).replace("\n", " ")
    assert "Bukan warga sini" in notice
    assert heard.refused == []
    assert heard.complained == []


def test_a_slip_the_file_has_no_more_says_so_in_its_place(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf, context: ScreenContext
) -> None:
    heard = Heard(context)
    receipt = sent_back(desk_of)
    with qtbot.waitSignal(panel.loaded):
        panel.load(receipt.request_id)
    desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))

    panel.show_page(SLIPS)

    qtbot.waitUntil(lambda: bool(heard.complained))
    assert "tidak sedang dikembalikan" in heard.complained[0]
    assert "tidak sedang dikembalikan" in panel.slips.pages.sheets.message
    assert not panel.slips.print_button.isEnabled()


def test_nothing_is_drawn_before_the_tab_is_looked_at(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "verifikasi")
    with qtbot.waitSignal(panel.loaded):
        panel.load(receipt.request_id)

    qtbot.wait(200)

    assert not panel.slips.pages.pdf
