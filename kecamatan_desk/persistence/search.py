"""Finding a request by anything printed on its papers, with the full-text index."""

from sqlalchemy import column, select, table, text
from sqlalchemy.orm import Session

from kecamatan_desk.domain.text import folded, unprintable

_INDEX = table("request_search", column("rowid"), column("words"))
_PUT = text("INSERT OR REPLACE INTO request_search (rowid, words) VALUES (:id, :words)")
_MATCHES = text("request_search MATCH :query")
_LETTERS = 3  # what a trigram needs; shorter words are looked for the slow way


def index_request(session: Session, request_id: int, *words: str) -> None:
    """Make a request findable by these words; what it was findable by before is forgotten."""
    session.execute(_PUT, {"id": request_id, "words": " | ".join(folded(w) for w in words if w)})


def find_requests(session: Session, typed: str, limit: int = 50) -> list[int]:
    """Give the ids of requests that hold all the words typed, the newest first."""
    # no paper bears an unprintable mark; the index would stumble over some
    marks = dict.fromkeys(map(ord, unprintable(typed)), " ")
    words = folded(typed.translate(marks)).split()
    if not words:
        return []
    found = select(_INDEX.c.rowid).order_by(_INDEX.c.rowid.desc()).limit(limit)
    if long := [word for word in words if len(word) >= _LETTERS]:
        query = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
        found = found.where(_MATCHES.bindparams(query=query))
    for word in words:
        if len(word) < _LETTERS:
            found = found.where(_INDEX.c.words.contains(word, autoescape=True))
    return list(session.scalars(found))
