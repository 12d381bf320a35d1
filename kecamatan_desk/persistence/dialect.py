"""One SQL dialect for every handle on a database file: what one has compiled serves them all.

A file has two handles, one that writes and one that reads, and a restore or a retried COMMIT opens
both anew. SQLAlchemy keeps compiled statements by dialect object, so each handle would compile its
statements for itself: that costs more than running them.
"""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

#: Name of the dialect in a database URL.
NAME = "sqlite+desk"
#: Compiled statements; there are some hundreds in the program, and none is made of what is typed.
COMPILED: LRUCache[Any, Any] = LRUCache(2_000)


class DeskDialect(SQLiteDialect_pysqlite):
    """SQLite's dialect, equal to every other one that speaks through the same driver."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeskDialect) and self.dbapi is other.dbapi

    def __hash__(self) -> int:
        return hash((DeskDialect, id(self.dbapi)))


registry.register("sqlite.desk", __name__, DeskDialect.__name__)
