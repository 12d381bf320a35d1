"""Why a kept paper was drawn again: what the next version has that the one before had not."""

import json
from typing import Any

from sqlalchemy import select

from kecamatan_desk.documents.profiles import Layout
from kecamatan_desk.persistence.tables import ContentRecord, DocumentRecord, EventRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.papers import BLOCK, LAYOUT, layout_of
from kecamatan_desk.usecases.processing.correcting import ERRATUM


def why_drawn(work: UnitOfWork, earlier: DocumentRecord | None, later: DocumentRecord) -> str:
    """Give in the office's words why a version followed another; "" for a first version."""
    if earlier is None or (earlier.kind, earlier.version + 1) != (later.kind, later.version):
        return ""
    if later.kind == ERRATUM:  # its version counts the ralat of a letter
        return ""
    before, after = json.loads(earlier.facts), json.loads(later.facts)
    words = list(_changes(before, after, layout_of(earlier), layout_of(later)))
    reasons = _reasons(work, earlier, later)
    return ": ".join(part for part in (", ".join(words), "; ".join(reasons)) if part)


def _changes(before: dict[str, Any], after: dict[str, Any], was: Layout, now: Layout) -> list[str]:
    words = []
    if _data(before) != _data(after):
        words.append("data diperbaiki")
    if before.get(BLOCK) != after.get(BLOCK):
        words.append(f"penandatangan {(after.get(BLOCK) or {}).get('brief', '')}")
    if was.profile.paper != now.profile.paper:
        words.append(f"kertas {now.profile.sheet.label}")
    elif was.profile != now.profile:
        words.append("tata letak kertas")
    if was.fit != now.fit:
        words.append("dimuat dalam lebih sedikit halaman" if now.fit > was.fit else "huruf biasa")
    if (was.form, was.offset) != (now.form, now.offset):
        words.append("bentuk keluaran")
    return words


def _data(facts: dict[str, Any]) -> dict[str, Any]:
    return {code: value for code, value in facts.items() if code not in (BLOCK, LAYOUT)}


def _reasons(work: UnitOfWork, earlier: DocumentRecord, later: DocumentRecord) -> list[str]:
    """Give the reasons told for the request between the two drawings."""
    found = work.session.scalars(
        select(ContentRecord.body)
        .join(EventRecord, EventRecord.seq == ContentRecord.event_seq)
        .where(
            EventRecord.request_id == later.request_id,
            EventRecord.seq > earlier.event_seq,
            EventRecord.seq <= later.event_seq,
            ContentRecord.kind == "alasan",
        )
        .order_by(ContentRecord.id)
    )
    return list(found)
