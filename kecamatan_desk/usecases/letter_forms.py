"""What is printed for a numbered letter: the letter, a block onto the village's, or nothing.

The office chooses it for each service; the request keeps what held when its number was given.
"""

from datetime import date

from kecamatan_desk.documents.profiles import LETTER, Layout, Profile
from kecamatan_desk.documents.values import BlockPlace, LetterValues, OfficeHead, SignatureBlock
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.persistence.tables import RequestRecord
from kecamatan_desk.usecases.booking import compose_letter_number, writes_letter
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.office_values import ServiceChoices
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service

#: What the Camat does to the village's letter, where he does not merely take note of it.
_WORDS = {"ahli-waris": "Dikuatkan oleh:", "susunan-keluarga": "Mengesahkan,"}
_MOST_NUMBER = 99_999
_LONGEST_DAY = 28, 8  # 28 Agustus, month VIII: written longest of all


def endorsing_word(service: Service) -> str:
    """Give the word a service's blok pengesahan begins with."""
    return _WORDS.get(service.code, "Mengetahui,")


def is_drawn(request: RequestRecord, letter: Letter) -> bool:
    """Tell whether a paper is drawn at all: with *hanya register* the letter itself is not."""
    return not (request.form == "register" and letter.is_numbered)


def form_of(work: UnitOfWork, request_id: int) -> str:
    """Give the form in which a registered request's letter comes; "" while it has no number."""
    request = work.session.get_one(RequestRecord, request_id)
    if request.line_id is None or not writes_letter(SERVICES[request.service]):
        return ""
    return request.form or "surat"  # numbered before offices could choose


def first_layout(
    work: UnitOfWork, request: RequestRecord, letter: Letter, profile: Profile
) -> Layout:
    """Give how the first version of a paper is laid out on the profile's sheet."""
    if request.form == "pengesahan" and letter.is_numbered:
        choices = work.service_choices[request.service]
        return Layout(profile, 0, "pengesahan", (choices.offset_x, choices.offset_y))
    return Layout(profile)


def check_block(work: UnitOfWork, choices: ServiceChoices, profile: Profile = LETTER) -> None:
    """Raise InputError (field offset_x or offset_y) when a service's block would leave the paper.

    Measured with who signs today and the longest number the pattern writes. Choices of another
    form, and services without a numbered letter, pass.
    """
    values = _block_values(work, choices, profile)
    if values is not None:
        from kecamatan_desk.documents.endorsement import check_endorsement

        check_endorsement(values)


def block_place(work: UnitOfWork, choices: ServiceChoices) -> BlockPlace | None:
    """Tell where a service's block falls on the sheet it is checked on, at its largest.

    Also where it would leave the paper. None for another form, and where no number can be written.
    """
    try:
        values = _block_values(work, choices, LETTER)
    except RuleError:
        return None
    if values is None:
        return None
    from kecamatan_desk.documents.endorsement import place_of_endorsement

    return place_of_endorsement(values)


def _block_values(
    work: UnitOfWork, choices: ServiceChoices, profile: Profile
) -> LetterValues | None:
    """Give the largest block a service prints with who signs today; None: it prints none."""
    service = SERVICES[choices.service]
    if choices.form != "pengesahan" or not writes_letter(service):
        return None
    day = date(work.today.year, _LONGEST_DAY[1], _LONGEST_DAY[0])
    code = choices.classification
    return LetterValues(
        head=OfficeHead("", "", "", "", "", "", None, practice=False),
        title="",
        number=compose_letter_number(work, service, _MOST_NUMBER, day, code),
        template="",
        facts={},
        signature=_signature(work, service),
        file_code="",
        qr="",
        qr_caption=(),
        profile=profile,
        form="pengesahan",
        offset=(choices.offset_x, choices.offset_y),
        endorsed=endorsing_word(service),
    )


def check_own_block(work: UnitOfWork, request_id: int, profile: Profile) -> None:
    """Raise InputError when the block of a request that waits for its number would not fit."""
    request = work.session.get(RequestRecord, request_id)
    if request is not None and request.line_id is None:
        check_block(work, work.service_choices[request.service], profile)


def _signature(work: UnitOfWork, service: Service) -> SignatureBlock:
    """Give who signs today; in an office that has nobody yet, a place of the usual size."""
    try:
        signer = signatory(work, service.letters[0].signing, work.today)
    except RuleError:
        titles = (("a.n.", f"CAMAT {work.office.name.upper()},"), ("", "KEPALA SEKSI,"))
        return SignatureBlock("", titles, "(nama pejabat)", "(pangkat)", "19700101 199001 1 001")
    return SignatureBlock("", signer.titles, signer.name, signer.rank, signer.nip)
