"""What a new request begins with, and what of it is kept before it has a file code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.values import Answer

#: The place on the pad of a request that has no file code yet, and of a folder being asked for.
NEW, NEW_FOLDER = "permohonan", "map-titipan"
#: What the places of those begin with that were put away before they could get one.
PUT_AWAY = "permohonan:"


@dataclass(frozen=True, slots=True)
class StartFrom:
    """What the screen is asked to begin with: a stored draft, or values known already."""

    draft_id: int | None = None
    values: Mapping[str, Any] | None = None


def begun(draft: DraftInput, raw: Mapping[str, Any], save_id: str) -> dict[str, Any]:
    """Give what is kept of a request that has no file code yet.

    ``save_id`` is the op_id of its first save, under way perhaps: it must not make two drafts.
    """
    return {
        "service": draft.service,
        "name": str(draft.values.get("nama") or draft.unread.get("nama") or ""),
        "raw": dict(raw),
        "answers": [asdict(answer) for answer in draft.answers],
        "bundle": draft.bundle_id,
        "save": save_id,
    }


def answers_of(body: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Give the answers kept with a request that has no file code yet."""
    return tuple(Answer(**answer) for answer in body.get("answers", ()))
