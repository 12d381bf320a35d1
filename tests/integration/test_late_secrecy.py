"""A reporter who asks for secrecy late: what was kept of him before tells nobody any more."""

from collections.abc import Callable

import pytest

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import jobs, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.intake import known_applicant
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.secrecy import open_identity
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.views import request_view
from tests.builders import op
from tests.documents.samples import pages
from tests.walking import PERSON, DeskOf, brought_to, seen, started


def hidden(desk_of: DeskOf, receipt: Receipt) -> Receipt:
    told = {"rahasia": "ya"}
    return desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), told, "Pelapor minta dirahasiakan"
    )


def test_the_remembered_applicant_does_not_point_to_the_complaint(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    named = started(desk_of, "sktm")
    complaint = started(desk_of, "pengaduan")
    known = desk.ask(known_applicant, PERSON["nik"])
    assert known is not None
    assert known.last_file == complaint.file_code
    hidden(desk_of, complaint)
    known = desk.ask(known_applicant, PERSON["nik"])
    assert known is not None
    assert known.last_file == named.file_code


def test_who_only_complained_is_not_remembered_at_all(desk_of: DeskOf) -> None:
    hidden(desk_of, started(desk_of, "pengaduan"))
    assert desk_of(Role.PELAYANAN).ask(known_applicant, PERSON["nik"]) is None


def test_a_paper_drawn_before_is_kept_from_all_but_the_complaints_lanes(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "sampaikan")
    (first,) = complete_documents(desk_of(Role.CAMAT), receipt.request_id)
    hidden(desk_of, receipt)
    camat, outside = desk_of(Role.CAMAT), desk_of(Role.VERIFIKASI)
    with pytest.raises(NotAllowedError):
        document_bytes(camat, first.id)
    camat.call(open_identity, op(), receipt.request_id, Reason("penanganan"))
    one, two = complete_documents(camat, receipt.request_id)
    assert one == first
    assert complete_documents(outside, receipt.request_id) == (two,)
    assert outside.ask(request_view, receipt.request_id).documents == (two,)
    with pytest.raises(NotAllowedError):
        document_bytes(outside, first.id)
    assert document_bytes(camat, first.id)
    assert document_bytes(outside, two.id)


def test_the_administrator_reads_no_paper(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    (paper,) = complete_documents(desk_of(Role.REGISTER), receipt.request_id)
    with pytest.raises(NotAllowedError):
        document_bytes(desk_of(Role.ADMIN), paper.id)


#: The slips a complaint can have.
SLIPS = [jobs.receipt_pdf, jobs.checklist_pdf, jobs.handover_pdf]


@pytest.mark.parametrize("draw", SLIPS, ids=lambda draw: draw.__name__)
def test_a_slip_names_the_reporter_to_the_complaints_lanes_alone(
    desk_of: DeskOf, draw: Callable[[Desk, int], bytes]
) -> None:
    kuasa = {"diurus_oleh": "Kuasa", "kuasa_nama": "Marwan"}
    receipt = brought_to(desk_of, "pengaduan", "", rahasia="ya", **kuasa)
    outside = "".join(pages(draw(desk_of(Role.VERIFIKASI), receipt.request_id)))
    assert receipt.file_code in outside
    for tells in (PERSON["nama"], PERSON["nik"][:6], "Marwan"):
        assert tells not in outside
    camat = desk_of(Role.CAMAT)
    sealed = "".join(pages(draw(camat, receipt.request_id)))
    for tells in (PERSON["nama"], PERSON["nik"][:6], "Marwan"):
        assert tells not in sealed
    camat.call(open_identity, op(), receipt.request_id, Reason("penanganan"))
    assert PERSON["nama"] in "".join(pages(draw(camat, receipt.request_id)))


@pytest.mark.parametrize("draw", SLIPS, ids=lambda draw: draw.__name__)
def test_the_administrator_reads_no_slip(
    desk_of: DeskOf, draw: Callable[[Desk, int], bytes]
) -> None:
    receipt = brought_to(desk_of, "sktm", "")
    with pytest.raises(NotAllowedError):
        draw(desk_of(Role.ADMIN), receipt.request_id)
