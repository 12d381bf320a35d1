"""Gives the codes of drawn letters, reads them off drawn pages, and changes them."""

import base64
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import pypdfium2
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from kecamatan_desk.domain.proof import Claim
from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.papers import claim_of
from kecamatan_desk.usecases.proof import signed
from kecamatan_desk.workflows.catalog import SERVICES

OTHER_OFFICE = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"another office").digest())


def claims(work: UnitOfWork, request_id: int) -> list[Claim]:
    """Give what the codes of a request's kept letters say, in the order they were drawn."""
    request = work.session.get_one(RequestRecord, request_id)
    letters = {letter.template: letter for letter in SERVICES[request.service].letters}
    found = work.session.scalars(
        select(DocumentRecord)
        .where(DocumentRecord.request_id == request_id)
        .order_by(DocumentRecord.id)
    )
    return [
        claim_of(work, request, letters[d.kind], d.version, json.loads(d.facts))
        for d in found
        if d.kind in letters  # not a ralat, whose code says more
    ]


def codes(desk: Desk, request_id: int) -> list[str]:
    """Give the codes of a request's kept letters."""
    return [signed(desk, claim.text) for claim in desk.ask(claims, request_id)]


def of_another_office(claim: Claim) -> str:
    """Sign what a code says with the key of another office."""
    signature = OTHER_OFFICE.sign(claim.text.encode())
    return f"{claim.text}:{base64.b32encode(signature).decode().rstrip('=')}"


def changes(code: str) -> Iterator[str]:
    """Give the code with each of its letters changed, once into a likely neighbour."""
    after = {"9": "0", "Z": "A", "7": "2", ":": "/"}
    for place, letter in enumerate(code):
        other = after.get(letter) or chr(ord(letter) + 1)
        yield code[:place] + other + code[place + 1 :]


def bears(pdf: bytes, page: int, code: str, left: float, side: float) -> bool:
    """Tell whether a drawn page shows this code: ``left`` and ``side`` in mm, quiet zone included.

    The page is pictured at 600 dpi and every module's middle compared with segno's matrix, at any
    height of the page.
    """
    dots = 600 / 25.4
    matrix = [bytes(row) for row in segno.make(code, error="m", micro=False).matrix]
    step = side * dots / (len(matrix) + 8)
    picture = _picture(pdf, page)
    xs = [round(left * dots + (n + 4.5) * step) for n in range(len(matrix))]
    return any(
        all(
            (picture.getpixel((x, round(top + (r + 0.5) * step))) < 128) == bool(dark)
            for r, row in enumerate(matrix)
            for x, dark in zip(xs, row, strict=True)
        )
        for top in range(0, int(picture.height - step * len(matrix)), 3)
    )


def words_of(pdf: bytes) -> str:
    """Give the text of a PDF's first page on one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    text = document[0].get_textpage().get_text_range()
    document.close()
    return " ".join(text.split())


def _picture(pdf: bytes, page: int) -> Any:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    picture = document[page].render(scale=600 / 72, grayscale=True).to_pil()
    document.close()
    return picture
