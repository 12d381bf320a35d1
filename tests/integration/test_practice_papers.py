"""The practice office knows every state a paper can be in."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH
from sqlalchemy import select

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.documents.pictures import opened
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import (
    ActingRecord,
    BookPrintRecord,
    DocumentCopyRecord,
    DocumentRecord,
    EventRecord,
    LetterTextRecord,
    RequestRecord,
    TermRecord,
)
from kecamatan_desk.usecases.book_prints import book_print_bytes
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.errata_letter import erratum_claim, erratum_made
from kecamatan_desk.usecases.jobs import document_bytes
from kecamatan_desk.usecases.letter_texts import program_text, text_hash, text_of
from kecamatan_desk.usecases.letter_trial import preview
from kecamatan_desk.usecases.papers import BLOCK, claim_of, layout_of
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.proof import signed
from kecamatan_desk.usecases.sample_people import Person
from kecamatan_desk.usecases.samples import letter_sample
from kecamatan_desk.usecases.signature import REPLACED, SIGNATURE
from kecamatan_desk.usecases.verifying import Verdict, verify
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.integration.test_practice import TUESDAY, Rows, made_at
from tests.proving import words_of

BLOCKS, REGISTERED = {"ahli-waris", "skck"}, {"susunan-keluarga"}


@pytest.fixture(scope="module", params=[2, 7])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A practice office of 200 requests."""
    return made_at(tmp_path_factory.mktemp("practice") / "data", TUESDAY, 200, request.param)


@pytest.fixture(scope="module")
def desk(place: Place) -> Iterator[Desk]:
    """The desk of the register officer, who may read everything but write nothing here."""
    office = open_place(place, write=False)
    yield office.practice_desk(Role.REGISTER)
    office.close()


@pytest.fixture(scope="module")
def rows(desk: Desk) -> Rows:
    """Read all records of a table."""

    def read(record: Any) -> list[Any]:
        def found(work: UnitOfWork) -> list[Any]:
            every = list(
                work.session.scalars(select(record).order_by(*record.__table__.primary_key))
            )
            work.session.expunge_all()
            return every

        return desk.ask(found)

    return read


@pytest.fixture(scope="module")
def requests(rows: Rows) -> dict[int, RequestRecord]:
    return {request.id: request for request in rows(RequestRecord)}


@pytest.fixture(scope="module")
def letters(rows: Rows) -> dict[tuple[int, str], list[DocumentRecord]]:
    """The versions of every paper, by request and kind."""
    found = defaultdict(list)
    for document in rows(DocumentRecord):
        found[document.request_id, document.kind].append(document)
    return found


Requests = dict[int, RequestRecord]
Letters = dict[tuple[int, str], list[DocumentRecord]]


def replaced(letters: Letters) -> list[tuple[DocumentRecord, DocumentRecord]]:
    """Give every version that followed another, with that one."""
    return [
        pair
        for (_, kind), versions in letters.items()
        if kind != ERRATUM
        for pair in pairwise(versions)
    ]


def brief(document: DocumentRecord) -> str:
    return str(json.loads(document.facts)[BLOCK]["brief"])


def test_it_is_whole(place: Place) -> None:
    assert check_place(place).findings == ()


def test_some_services_print_a_block_and_one_is_only_registered(
    requests: Requests, letters: Letters
) -> None:
    formed: dict[str, set[str]] = defaultdict(set)
    for request in requests.values():
        if request.form:
            formed[request.form].add(request.service)
    ended = {(r.form, r.status) for r in requests.values()}

    assert formed["pengesahan"] == BLOCKS
    assert formed["register"] == REGISTERED
    assert formed["surat"] >= {"ahli-waris", *SERVICES} - BLOCKS - REGISTERED - {"oss", "pengaduan"}
    assert {("pengesahan", Status.DONE), ("register", Status.DONE)} <= ended
    for (request_id, _), versions in letters.items():
        form = requests[request_id].form or "surat"
        assert {layout_of(document).form for document in versions} == {form}


def test_one_service_and_one_letter_have_another_classification(requests: Requests) -> None:
    codes: dict[str, list[str]] = defaultdict(list)
    for request in requests.values():
        codes[request.service].append((request.letter_number or "").split("/")[0])
    for service in ("calon-tki", "proposal-bantuan"):
        codes[service] = [code for code in codes[service] if code]

    assert SERVICES["calon-tki"].classification != codes["calon-tki"][-1] == "400.9.8"
    assert codes["proposal-bantuan"].count("600") == 1
    assert set(codes["proposal-bantuan"]) == {"600", SERVICES["proposal-bantuan"].classification}


def test_officials_hold_their_offices_by_decree_and_delegate_for_days(rows: Rows) -> None:
    terms, given = rows(TermRecord), rows(ActingRecord)

    assert {term.role for term in terms} == {Role.KASI, Role.SEKCAM, Role.CAMAT}
    assert all(term.decree and term.last_day is None for term in terms)
    assert {one.kind for one in given} == {"Plh", "u.b", "a.n"}
    assert all(one.decree and one.first_day <= one.last_day for one in given)


def test_letters_bear_the_block_of_who_signs_by_delegation(rows: Rows, requests: Requests) -> None:
    delegated = {one.kind: one for one in rows(ActingRecord) if one.kind != "Plh"}
    documents = [d for d in rows(DocumentRecord) if BLOCK in json.loads(d.facts)]
    signed_by = {(e.request_id, e.user_id) for e in rows(EventRecord) if e.step == SIGNATURE}
    for kind, said in (("u.b", "Kasi u.b. Sekcam a.n. Camat"), ("a.n", "Sekcam a.n. Camat")):
        one = delegated[kind]
        found = [
            document
            for document in documents
            if requests[document.request_id].service
            == ("calon-tki", "ijin-keramaian")[kind == "a.n"]
            and brief(document) == said
        ]

        assert found
        assert any((document.request_id, one.user_id) in signed_by for document in found)
        for document in found:
            day = date.fromisoformat(json.loads(document.facts)[BLOCK]["tanggal"])
            assert one.first_day <= day <= one.last_day


def test_another_signatory_made_a_second_version(rows: Rows, letters: Letters) -> None:
    chosen = {event.request_id for event in rows(EventRecord) if event.act == REPLACED}
    pairs = [pair for pair in replaced(letters) if pair[0].request_id in chosen]

    assert [(brief(first), brief(second)) for first, second in pairs] == [
        ("Sekcam a.n. Camat", "Camat")
    ]
    assert len(chosen) == 1


def test_a_letter_was_corrected_before_it_was_handed_over(rows: Rows, letters: Letters) -> None:
    corrected = {event.request_id for event in rows(EventRecord) if event.act == "perbaiki"}
    pairs = [pair for pair in replaced(letters) if pair[0].request_id in corrected]

    assert len(pairs) == 1
    ((first, second),) = pairs
    before, after = json.loads(first.facts), json.loads(second.facts)
    assert (before["alamat"] + " Blok A", before["nama"]) == (after["alamat"], after["nama"])


def test_a_letter_of_two_pages_was_fitted_on_one(letters: Letters) -> None:
    fitted = [pair for pair in replaced(letters) if layout_of(pair[1]).fit]

    assert [(first.pages, second.pages) for first, second in fitted] == [(2, 1)]


def test_a_letter_was_moved_to_f4(letters: Letters) -> None:
    papers = [[layout_of(version).profile.paper for version in pair] for pair in replaced(letters)]

    assert [pair for pair in papers if len(set(pair)) == 2] == [["A4", "F4"]]


def test_copies_were_counted(rows: Rows) -> None:
    numbers: dict[int, list[int]] = defaultdict(list)
    for copy in rows(DocumentCopyRecord):
        numbers[copy.document_id].append(copy.number)
        assert copy.reason

    assert sorted(numbers.values()) == [[1], [1, 2]]


def test_letters_were_put_right_after_hand_over(requests: Requests, letters: Letters) -> None:
    errata = {key[0]: versions for key, versions in letters.items() if key[1] == ERRATUM}

    assert sorted(len(versions) for versions in errata.values()) == [1, 2]
    assert all(requests[request_id].status == Status.DONE for request_id in errata)
    for request_id, versions in errata.items():
        ended = requests[request_id].ended_at
        assert ended is not None
        assert versions[0].created_at[:10] > ended.date().isoformat()


def test_the_office_has_words_of_its_own_for_a_letter(
    rows: Rows, desk: Desk, letters: Letters
) -> None:
    (own,) = rows(LetterTextRecord)
    hashes = [
        v.template_sha256 for key, found in letters.items() if key[1] == own.kind for v in found
    ]

    assert own.note
    assert desk.ask(text_of, own.kind) == own.body != program_text(own.kind)
    assert text_hash(own.body) in hashes


def test_a_growing_book_was_printed_twice_with_a_supplement(rows: Rows, desk: Desk) -> None:
    first, second = rows(BookPrintRecord)

    assert (first.book, first.period) == (second.book, second.period)
    assert (first.first_page, second.first_page) == (1, first.last_page + 1)
    assert second.lines > first.lines > 0
    words = [words_of(book_print_bytes(desk, one.id)).upper() for one in (first, second)]
    assert ["CATATAN SUSULAN" in said for said in words] == [False, True]


def test_files_ended_without_a_letter_in_every_way(requests: Requests, letters: Letters) -> None:
    drawn = {request_id for request_id, _ in letters}
    ends = {
        (r.status, r.agenda_number is not None, r.id in drawn)
        for r in requests.values()
        if r.step is None and r.status != Status.RUNNING
    }

    assert ends >= {
        (Status.REFUSED, True, True),  # the letter was drawn, and is void
        (Status.REFUSED, True, False),
        (Status.CANCELLED, True, True),
        (Status.CANCELLED, False, False),
        (Status.FAILED, False, False),
        (Status.EXPIRED, False, False),
    }


def verdict(desk: Desk, document: DocumentRecord) -> tuple[Verdict, str]:
    """Say what the office thinks of the code on a kept letter."""

    def claim(work: UnitOfWork) -> str:
        request = work.session.get_one(RequestRecord, document.request_id)
        facts = json.loads(document.facts)
        if document.kind == ERRATUM:
            day = work.calendar.local_date(erratum_made(work, request, document.version))
            return erratum_claim(work, request, document.version, day, facts).text
        letter = SERVICES[request.service].letters[0]
        return claim_of(work, request, letter, document.version, facts).text

    found = desk.ask(verify, signed(desk, desk.ask(claim)))
    return found.verdict, found.reason


def test_the_codes_of_letters_tell_their_fate(
    desk: Desk, requests: Requests, letters: Letters
) -> None:
    numbered = {
        request_id: versions
        for (request_id, kind), versions in letters.items()
        if kind == SERVICES[requests[request_id].service].letters[0].template
        and requests[request_id].service not in ("oss", "pengaduan")
    }
    errata = {key[0]: versions for key, versions in letters.items() if key[1] == ERRATUM}
    for request_id, versions in numbered.items():
        said, reason = verdict(desk, versions[-1])
        expected = {
            Status.DONE: Verdict.IN_FORCE,
            Status.RUNNING: Verdict.NOT_HANDED,
            Status.CANCELLED: Verdict.VOID,
            Status.REFUSED: Verdict.VOID,
        }[Status(requests[request_id].status)]

        assert said is expected
        assert ("ralat" in reason) == (request_id in errata)
        if requests[request_id].status == Status.DONE:
            for old in versions[:-1]:
                assert verdict(desk, old)[0] is Verdict.REPLACED
    for versions in errata.values():
        assert {verdict(desk, one)[0] for one in versions} == {Verdict.IN_FORCE}


def arms_on(pdf: bytes) -> set[tuple[int, ...]]:
    """Give where the lines of the arms at the upper left lie, in points from that corner."""
    with opened(pdf) as document:
        page = document[0]
        high = page.get_height()
        paths = [part.get_bounds() for part in page.get_objects(filter=[FPDF_PAGEOBJ_PATH])]
    shapes = [(left, high - top, right, high - low) for left, low, right, top in paths]
    return {tuple(round(edge) for edge in shape) for shape in shapes if shape[2] < 140 > shape[3]}


def test_previews_bear_the_arms_that_letters_bear(
    place: Place, desk: Desk, letters: Letters
) -> None:
    office = open_place(place, write=False)
    admin = office.practice_desk(Role.ADMIN)
    letter = next(found[0] for (_, kind), found in letters.items() if kind == "sktm")

    real = arms_on(document_bytes(desk, letter.id))
    tried = preview(admin, "sktm", program_text("sktm"), Person.ORDINARY).pdf
    sample = letter_sample(admin, office.profile()).pdf
    office.close()

    assert len(real) > 5
    assert arms_on(tried) == arms_on(sample) == real
