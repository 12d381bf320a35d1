"""What all tables share: naming of constraints, column types, and their plain form."""

from datetime import datetime
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

from kecamatan_desk.persistence.types import UtcText

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar = {datetime: UtcText, dict[str, Any]: JSON, list[Any]: JSON}


def table_of(record: type[Base]) -> Table:
    """Give the plain table of a mapped class, for statements that load no object."""
    return cast(Table, record.__table__)
