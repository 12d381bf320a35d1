"""What the counter papers say of a real file: numbers once they exist, reasons, requirements."""

from collections.abc import Callable

import pytest

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.counter_papers import requirement_sheet_pdf
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.endings import papers_back_values, refusal_values
from kecamatan_desk.usecases.requirements import requirement_sheet_values
from kecamatan_desk.usecases.slips import receipt_values
from kecamatan_desk.usecases.values import Receipt, RecordedDecision
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op, voided
from tests.documents.samples import pages
from tests.walking import brought_to, seen

DeskOf = Callable[[Role], Desk]


def refused(desk_of: DeskOf, reason: str = "Bukan warga kecamatan ini") -> Receipt:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    return desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(receipt), reason)


@pytest.mark.parametrize(
    ("code", "step", "note"),
    [
        ("sktm", "verifikasi", "diberikan setelah verifikasi"),
        ("sktm", "register", "C-001"),
        ("sktm", "", "C-001"),
        ("oss", "validasi", "layanan ini tanpa nomor antrian"),
    ],
)
def test_a_receipt_names_a_queue_number_only_when_the_file_has_one(
    desk_of: DeskOf, code: str, step: str, note: str
) -> None:
    receipt = brought_to(desk_of, code, step)

    assert desk_of(Role.PELAYANAN).ask(receipt_values, receipt.request_id).queue_note == note


def test_a_refusal_notice_tells_reason_basis_signer_and_the_number_that_stays(
    desk_of: DeskOf,
) -> None:
    receipt = refused(desk_of)

    values = desk_of(Role.PELAYANAN).ask(refusal_values, receipt.request_id)

    assert values.reason == "Bukan warga kecamatan ini"
    assert values.basis.startswith(f"{SERVICES['sktm'].title}, langkah 5: ")
    assert values.agenda == "001"
    assert values.signer_title == "Sekretaris Kecamatan"
    assert values.objection == "Camat"  # nobody judges an objection to his own refusal


def test_who_decided_is_named_though_another_recorded_it(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.REGISTER)
    sekcam = desk_of(Role.SEKCAM).user
    recorded = RecordedDecision(sekcam.id, Role.SEKCAM, desk.clock())
    desk.call(processing.refuse, op(), seen(receipt), "Data tidak benar", recorded)

    values = desk.ask(refusal_values, receipt.request_id)

    assert values.signer == sekcam.name


@pytest.mark.parametrize("step", ["verifikasi", "tanda-tangan", ""])
def test_there_is_no_refusal_notice_and_nothing_to_give_back_while_a_file_is_not_refused(
    desk_of: DeskOf, step: str
) -> None:
    receipt = brought_to(desk_of, "sktm", step)

    with pytest.raises(RuleError, match="tidak ditolak"):
        desk_of(Role.PELAYANAN).ask(refusal_values, receipt.request_id)
    with pytest.raises(RuleError, match="belum berakhir tanpa surat"):
        desk_of(Role.PELAYANAN).ask(papers_back_values, receipt.request_id)


def test_the_papers_that_were_brought_are_given_back(desk_of: DeskOf) -> None:
    receipt = refused(desk_of)

    values = desk_of(Role.PELAYANAN).ask(papers_back_values, receipt.request_id)

    assert values.ended == "Ditolak"
    assert [paper.name for paper in values.papers][:2] == [
        "Surat Keterangan Tidak Mampu/surat pengantar dari desa/kelurahan",
        "Fotokopi KTP elektronik",
    ]


def test_a_secret_reporter_is_not_named_to_others(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "klasifikasi", rahasia="ya")
    receipt = voided(desk_of, receipt, "Dicabut oleh pelapor")

    other = desk_of(Role.REGISTER).ask(papers_back_values, receipt.request_id)

    assert (other.applicant, other.nik) == (HIDDEN, "")


@pytest.mark.parametrize("code", SERVICES)
def test_every_service_has_its_requirement_sheet(desk_of: DeskOf, code: str) -> None:
    desk = desk_of(Role.PELAYANAN)

    text = " ".join(" ".join(pages(requirement_sheet_pdf(desk, code))).split())

    for requirement in SERVICES[code].requirements:
        first, *_ = requirement.name.split()
        assert first in text
    assert f"{SERVICES[code].total_minutes} menit menurut SOP" in text
    assert "Senin sampai Kamis 08.00\u201316.00, Jumat 08.00\u201316.30 WIB" in text


def test_a_condition_is_told_in_the_words_of_the_form(desk_of: DeskOf) -> None:
    values = desk_of(Role.PELAYANAN).ask(requirement_sheet_values, "ktp")

    assert "Bila jenis permohonan: Hilang" in {paper.need for paper in values.papers}


def test_an_unknown_service_is_refused(desk_of: DeskOf) -> None:
    with pytest.raises(InputError, match="tidak ada"):
        desk_of(Role.PELAYANAN).ask(requirement_sheet_values, "bukan-layanan")
