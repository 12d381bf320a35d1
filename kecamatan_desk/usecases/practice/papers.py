"""What may become of a letter: one story for every state its paper can be in.

Each begins like a story of `stories`; what happens after the hand-over happens days later.
"""

from dataclasses import replace
from uuid import uuid4

from kecamatan_desk.documents.profiles import LETTER
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import copies, errata, jobs, signers
from kecamatan_desk.usecases.practice.choices import book_day
from kecamatan_desk.usecases.practice.players import File, Story
from kecamatan_desk.usecases.practice.stories import finished, waiting
from kecamatan_desk.usecases.values import DocumentRef
from kecamatan_desk.usecases.views import documents_of

_REGISTER = "dewi"
#: What is put right by a ralat: field, what its new value is made of, reason.
ADDRESS = ("alamat", "{} Blok A", "Alamat belum lengkap; pemohon menunjukkan KTP-el.")
BIRTHPLACE = ("anak-tempat-lahir", "{} Selatan", "Tempat lahir lain daripada akta kelahiran.")


def copied(file: File, *reasons: str) -> Story:
    """Counted copies of a letter that was handed over, one for each reason."""
    yield from finished(file)
    for reason in reasons:
        yield file.tomorrow(2)
        if letter := _letter(file):
            file.at(_REGISTER, copies.count_copy, letter.id, reason)


def put_right(file: File, *errors: tuple[str, str, str]) -> Story:
    """A ralat after hand-over, and after the first print of the book, for each error."""
    yield from finished(file)
    line = file.players.line
    for field, made_of, reason in errors:
        yield max(file.tomorrow(2), line.opening(book_day(line)) + 60)
        file.data[field] = made_of.format(file.data[field])
        right = {field: file.data[field]}
        file.receipt = file.at(_REGISTER, errata.issue_erratum, file.seen, right, reason)
        file.draw()


def signed_by(file: File, username: str, role: Role, reason: str) -> Story:
    """*Ganti penandatangan*: version 2 bears the block of another, who then signs it."""
    yield from waiting(file, "tanda-tangan")
    yield file.soon(2, 4)
    user_id = file.desk(username).user.id
    file.receipt = file.at(_REGISTER, signers.replace_signer, file.seen, user_id, role, reason)
    file.signer = username, role
    file.draw()
    yield from file.walk()


def fitted(file: File) -> Story:
    """*Muat 1 halaman*: a letter of two pages becomes one as version 2."""
    yield from _registered(file)
    letter, desk = _letter(file), file.desk(_REGISTER)
    if letter and any(one.pages == 1 for one in jobs.fit_choices(desk, letter.id)[1:]):
        jobs.fit_letter(desk, uuid4().hex, letter.id)
    yield from file.walk()


def moved(file: File) -> Story:
    """A letter is drawn anew on F4 as version 2."""
    yield from _registered(file)
    if letter := _letter(file):
        paper = replace(LETTER, paper="F4")
        jobs.move_to_paper(file.desk(_REGISTER), uuid4().hex, letter.id, paper)
    yield from file.walk()


def _registered(file: File) -> Story:
    codes = [step.code for step in file.service.steps]
    yield from waiting(file, codes[codes.index("register") + 1])
    yield file.soon(1, 2)


def _letter(file: File) -> DocumentRef | None:
    """Give the newest version of the file's numbered letter; None where letters are not drawn."""
    kind = file.service.letters[0].template
    papers = file.desk(_REGISTER).ask(documents_of, file.receipt.request_id)
    return max(
        (paper for paper in papers if paper.kind == kind),
        key=lambda paper: paper.version,
        default=None,
    )
