"""Finding a request by anything printed on its papers, with the full-text index."""

import re

from sqlalchemy import text
from sqlalchemy.orm import Session

from kecamatan_desk.domain.text import folded

_DELETE = text("DELETE FROM request_search WHERE rowid = :id")
_INSERT = text("INSERT INTO request_search (rowid, words) VALUES (:id, :words)")
_MATCH = text(
    "SELECT rowid FROM request_search WHERE request_search MATCH :query "
    "ORDER BY rowid DESC LIMIT :limit"
)
_LIKE = text(
    "SELECT rowid FROM request_search WHERE words LIKE :pattern ORDER BY rowid DESC LIMIT :limit"
)


def index_request(session: Session, request_id: int, *words: str) -> None:
    """Make a request findable by these words; what it was findable by before is forgotten."""
    session.execute(_DELETE, {"id": request_id})
    session.execute(_INSERT, {"id": request_id, "words": " | ".join(folded(w) for w in words if w)})


def find_requests(session: Session, typed: str, limit: int = 50) -> list[int]:
    """Give the ids of requests that hold all the words typed, the newest first."""
    words = [word for word in re.split(r"\s+", folded(typed)) if word]
    if not words:
        return []
    if all(len(word) >= 3 for word in words):
        query = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
        return list(session.execute(_MATCH, {"query": query, "limit": limit}).scalars())
    # trigrams need three letters; shorter words are looked for the slow way
    joined = "%".join(re.sub(r"[%_]", "", word) for word in words)
    return list(session.execute(_LIKE, {"pattern": f"%{joined}%", "limit": limit}).scalars())
