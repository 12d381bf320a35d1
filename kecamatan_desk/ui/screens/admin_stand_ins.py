"""The list of who does whose work: the fourth tab of the officials' screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.admin_spells import Spell, SpellPage, person, span
from kecamatan_desk.ui.table import Column
from kecamatan_desk.usecases.people_values import UserRow
from kecamatan_desk.usecases.stand_ins import LENDABLE, StandInRow
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_ROLES = tuple(role.label for role in LENDABLE)


class StandInPage(SpellPage):
    """*Titip tugas*."""

    TITLE = "Titip tugas"
    SIGNS = False
    NEW = "Titipan baru"
    EMPTY = (
        "Belum ada tugas yang dititipkan. Selama seorang petugas tidak masuk, petugas lain dapat "
        "mengerjakan tugasnya pada hari-hari itu; riwayat mencatat siapa yang digantikan."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Tugas", _task, 96, tip=True),
                Column("Dikerjakan", person, 0, tip=True),
                Column("Menggantikan", _away, 0, tip=True),
                Column("Dari – sampai", span, 168),
            )
        )

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        return [user for user in users if user.active]

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice = FieldKind.CHOICE
        return (
            Field("for_user_id", "Yang digantikan", choice, required=True, choices=names, span=4),
            Field("role", "Tugasnya", choice, required=True, choices=_ROLES, span=4),
            Field("user_id", "Dikerjakan oleh", choice, required=True, choices=names, span=4),
            Field("first", "Mulai", FieldKind.DATE, required=True, span=3),
            Field("last", "Sampai", FieldKind.DATE, required=True, span=3),
            Field("reason", "Alasan (boleh kosong)", span=6, length=120, hint="Cuti tahunan"),
        )

    def beside(self, values: Any) -> str:
        return ""  # two colleagues may share a desk


def task_named(name: str) -> Role:
    """Give the role chosen by its label."""
    return next(role for role in LENDABLE if role.label == name)


def _task(row: Spell) -> str:
    return row.role.short if isinstance(row, StandInRow) else ""


def _away(row: Spell) -> str:
    return row.for_name if isinstance(row, StandInRow) else ""
