"""The list of who does whose work: the fourth tab of the officials' screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screens.admin_spells import Spell, SpellPage, person, span
from kecamatan_desk.ui.table import Column
from kecamatan_desk.usecases.accounts import end_acting
from kecamatan_desk.usecases.stand_ins import (
    LENDABLE,
    StandInInput,
    StandInRow,
    save_stand_in,
)
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_ROLES = tuple(role.label for role in LENDABLE)


class StandInPage(SpellPage):
    """*Titip tugas*."""

    TITLE = "Titip tugas"
    SIGNS = False
    NEW = "Titipan baru"
    SAVE, END, ENDED = "Simpan titipan", "Akhiri titipan", "Titipan tugas diakhiri."
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

    def send(
        self,
        background: Background,
        then: Callable[[int], object],
        op_id: str,
        values: Mapping[str, Any],
    ) -> None:
        typed = StandInInput(
            self.people[values["user_id"]],
            _task_named(values["role"]),
            self.people[values["for_user_id"]],
            date.fromisoformat(values["first"]),
            date.fromisoformat(values["last"]),
            str(values.get("reason", "")),
        )
        background.command(then, save_stand_in, op_id, typed)

    def noted(self, values: Mapping[str, Any]) -> str:
        ahead = date.fromisoformat(values["first"]) > self.today
        when = "saat ia masuk pada hari-hari itu" if ahead else "saat ia masuk lagi"
        return (
            f"{values['user_id']} mengerjakan tugas {values['role']} menggantikan "
            f"{values['for_user_id']} {self.days_of(values)}; menunya tampil {when}."
        )

    def ending(self, spell: Spell) -> tuple[str, str, str]:
        assert isinstance(spell, StandInRow)
        what = f"{spell.name} tidak lagi mengerjakan tugas {spell.for_name} sekarang juga."
        return "Akhiri titipan tugas", what, "Ya, akhiri titipan"

    def send_end(
        self, background: Background, then: Callable[[None], object], op_id: str, spell: Spell
    ) -> None:
        background.command(then, end_acting, op_id, spell.id)


def _task_named(name: str) -> Role:
    """Give the role chosen by its label."""
    return next(role for role in LENDABLE if role.label == name)


def _task(row: Spell) -> str:
    return row.role.short if isinstance(row, StandInRow) else ""


def _away(row: Spell) -> str:
    return row.for_name if isinstance(row, StandInRow) else ""
