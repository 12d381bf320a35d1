"""Counter papers that are drawn when asked for and not kept: endings and requirements, as bytes.

They take the Desk itself: what the paper says is read in one transaction and drawn outside any.
"""

from kecamatan_desk.documents.profiles import SLIP, Profile
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.endings import papers_back_values, refusal_values
from kecamatan_desk.usecases.requirements import requirement_sheet_values


def refusal_pdf(desk: Desk, request_id: int, profile: Profile = SLIP) -> bytes:
    """Lembar pemberitahuan penolakan."""
    from kecamatan_desk.documents.endings import draw_refusal

    return draw_refusal(desk.ask(refusal_values, request_id), profile)


def papers_back_pdf(desk: Desk, request_id: int, profile: Profile = SLIP) -> bytes:
    """Tanda terima pengembalian berkas."""
    from kecamatan_desk.documents.endings import draw_papers_back

    return draw_papers_back(desk.ask(papers_back_values, request_id), profile)


def requirement_sheet_pdf(desk: Desk, service_code: str) -> bytes:
    """Lembar persyaratan of a service."""
    from kecamatan_desk.documents.requirement_sheet import draw_requirement_sheet

    return draw_requirement_sheet(desk.ask(requirement_sheet_values, service_code))
