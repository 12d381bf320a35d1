"""Three lists of the officials' screen: terms, appointments and absences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kecamatan_desk.domain.indonesian import long_date, short_date
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screens.admin_spells import Spell, SpellPage, person, span
from kecamatan_desk.ui.table import Column
from kecamatan_desk.usecases.account_rules import SINGLE
from kecamatan_desk.usecases.accounts import ACTING_KINDS, end_acting, save_acting
from kecamatan_desk.usecases.office import end_absence, save_absence
from kecamatan_desk.usecases.people_values import AbsenceRow, ActingRow, TermInput, TermRow, UserRow
from kecamatan_desk.usecases.terms import end_term, save_term
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

#: What the form offers -> the stored kind; it says in a word what each means.
_KINDS = {
    f"{kind}. {meaning}": kind
    for kind, meaning in zip(
        ACTING_KINDS,
        (
            "(jabatan lowong)",
            "(pejabat berhalangan)",
            "(penjabat)",
            "(atas nama)",
            "(untuk beliau)",
        ),
        strict=True,
    )
}
_OFFICES = tuple(role.label for role in reversed(OFFICIALS))


class TermPage(SpellPage):
    """Who holds an office definitively."""

    TITLE = "Masa jabatan"
    NEW = "Masa jabatan baru, atau ubahan yang dipilih"
    SAVE, END = "Simpan masa jabatan", "Akhiri masa jabatan"
    ENDED = "Masa jabatan diakhiri."
    EMPTY = (
        "Belum ada masa jabatan: pejabatnya mengikuti peran pada menu Pengguna. Sejak masa jabatan "
        "pertama dicatat, tanggal di sini yang menentukan."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Jabatan", _term_office, 96, tip=True),
                Column("Pejabat", person, 0, tip=True),
                Column("Dari – sampai", span, 168),
                Column("Nama dan dasar", _term_words, 0, tip=True),
            )
        )

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice, day = FieldKind.CHOICE, FieldKind.DATE
        title = "Nama jabatan pada surat, bila lain dari baku"
        return (
            Field("user_id", "Pejabat", choice, required=True, choices=names, span=5),
            Field("role", "Jabatan", choice, required=True, choices=_OFFICES, span=4),
            Field("first", "Mulai", day, required=True, span=3),
            Field("title", title, span=5, length=80, hint="Kepala Seksi Kesejahteraan Sosial"),
            Field("decree", "Dasar: nomor dan tanggal", span=4, length=150),
            Field("last", "Sampai (boleh kosong)", day, span=3),
        )

    def said_of(self, spell: Spell, first: date) -> str:
        if isinstance(spell, TermRow) and spell.role in SINGLE:
            return f"Masa jabatan {spell.name} berakhir {long_date(first - timedelta(days=1))}."
        return f"{spell.name} juga memegang jabatan itu; yang terbaru tercetak pada surat."

    def fill(self, row: TermRow) -> None:
        """Put a term into the form, to be changed."""
        named = next((name for name, user in self.people.items() if user == row.user_id), "")
        if self.form is not None:
            values: dict[str, Any] = {
                "user_id": named,
                "role": row.role.label,
                "first": row.first_day.isoformat(),
                "title": row.title,
                "decree": row.decree,
                "last": row.last_day.isoformat() if row.last_day else "",
            }
            self.form.set_values(values)
            self._say_rank()

    def send(
        self,
        background: Background,
        then: Callable[[int], object],
        op_id: str,
        values: Mapping[str, Any],
    ) -> None:
        last = values.get("last")
        typed = TermInput(
            self.people[values["user_id"]],
            _office_named(values["role"]),
            date.fromisoformat(values["first"]),
            date.fromisoformat(last) if last else None,
            str(values.get("title", "")),
            str(values.get("decree", "")),
        )
        background.command(then, save_term, op_id, typed)

    def noted(self, values: Mapping[str, Any]) -> str:
        since = long_date(date.fromisoformat(values["first"]))
        text = f"{values['user_id']} tercatat menjabat {values['role']} mulai {since}."
        return f"{text} {self.beside(values)}".strip()

    def ending(self, spell: Spell) -> tuple[str, str, str]:
        assert isinstance(spell, TermRow)
        what = f"{spell.name} tidak lagi menjabat {spell.role.label} mulai hari ini."
        return "Akhiri masa jabatan", what, "Ya, akhiri masa jabatan"

    def send_end(
        self, background: Background, then: Callable[[None], object], op_id: str, spell: Spell
    ) -> None:
        yesterday = self.today - timedelta(days=1)
        background.command(then, end_term, op_id, spell.id, yesterday)


class ActingPage(SpellPage):
    """Plt., Plh., Pj., a.n. and u.b."""

    TITLE = "Plt., Plh., Pj., a.n., u.b."
    NEW = "Penunjukan baru"
    SAVE, END = "Simpan penunjukan", "Akhiri penunjukan"
    ENDED = "Penunjukan diakhiri."
    EMPTY = (
        "Belum ada penunjukan. Plt. memegang jabatan yang lowong, Plh. menggantikan pejabat yang "
        "sementara tidak ada, Pj. diangkat sebagai penjabat. Dengan a.n. atau u.b. pejabat di "
        "bawahnya menandatangani surat jabatan itu dari jabatannya sendiri."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Jabatan", _acting_office, 104, tip=True),
                Column("Pemegang sementara", person, 0, tip=True),
                Column("Dari – sampai", span, 168),
                Column("Dasar", _decree, 0, tip=True),
            )
        )

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice = FieldKind.CHOICE
        return (
            Field("user_id", "Pegawai", choice, required=True, choices=names, span=4),
            Field("kind", "Sebagai", choice, required=True, choices=tuple(_KINDS), span=4),
            Field("role", "Untuk jabatan", choice, required=True, choices=_OFFICES, span=4),
            Field("first", "Mulai", FieldKind.DATE, required=True, span=3),
            Field("last", "Sampai", FieldKind.DATE, required=True, span=3),
            Field(
                "decree",
                "Dasar: nomor dan tanggal surat",
                required=True,
                span=6,
                length=150,
                hint="800/123/2026, 11 Mei 2026",
            ),
        )

    def said_of(self, spell: Spell, _first: date) -> str:
        return f"Penunjukan {spell.name} juga berlaku; yang terbaru tercetak pada surat."

    def send(
        self,
        background: Background,
        then: Callable[[int], object],
        op_id: str,
        values: Mapping[str, Any],
    ) -> None:
        background.command(
            then,
            save_acting,
            op_id,
            self.people[values["user_id"]],
            _office_named(values["role"]),
            _KINDS[values["kind"]],
            date.fromisoformat(values["first"]),
            date.fromisoformat(values["last"]),
            values["decree"],
        )

    def noted(self, values: Mapping[str, Any]) -> str:
        until = short_date(date.fromisoformat(values["last"]))
        office = f"{_KINDS[values['kind']]}. {values['role']}"
        text = f"{values['user_id']} tercatat sebagai {office} sampai {until}."
        return f"{text} {self.beside(values)}".strip()

    def ending(self, spell: Spell) -> tuple[str, str, str]:
        assert isinstance(spell, ActingRow)
        what = f"{spell.name} berhenti sebagai {spell.kind}. {spell.role.label} sekarang juga."
        return "Akhiri penunjukan", what, "Ya, akhiri penunjukan"

    def send_end(
        self, background: Background, then: Callable[[None], object], op_id: str, spell: Spell
    ) -> None:
        background.command(then, end_acting, op_id, spell.id)


class AbsencePage(SpellPage):
    """*Pejabat tidak di tempat*."""

    TITLE = "Pejabat tidak di tempat"
    SIGNS = False
    NEW = "Ketidakhadiran baru"
    SAVE, END = "Simpan ketidakhadiran", "Akhiri ketidakhadiran"
    ENDED = "Pejabat tercatat kembali di tempat."
    EMPTY = (
        "Tidak ada pejabat yang tercatat tidak di tempat. Selama pejabat tidak di tempat dan tidak "
        "ada Plh., waktu berkas yang menunggunya berhenti."
    )

    def __init__(self) -> None:
        super().__init__(
            (
                Column("Pejabat", person, 0, tip=True),
                Column("Dari – sampai", span, 168),
                Column("Alasan", _reason, 0, tip=True),
            )
        )

    def candidates(self, users: Sequence[UserRow]) -> list[UserRow]:
        return [user for user in users if user.active and user.official]

    def fields(self, names: tuple[str, ...]) -> tuple[Field, ...]:
        choice = FieldKind.CHOICE
        return (
            Field("user_id", "Pejabat", choice, required=True, choices=names, span=6),
            Field("first", "Mulai", FieldKind.DATE, required=True, span=3),
            Field("last", "Sampai", FieldKind.DATE, required=True, span=3),
            Field(
                "reason", "Alasan", required=True, span=12, length=120, hint="Rapat di kabupaten"
            ),
        )

    def send(
        self,
        background: Background,
        then: Callable[[int], object],
        op_id: str,
        values: Mapping[str, Any],
    ) -> None:
        background.command(
            then,
            save_absence,
            op_id,
            self.people[values["user_id"]],
            date.fromisoformat(values["first"]),
            date.fromisoformat(values["last"]),
            values["reason"],
        )

    def noted(self, values: Mapping[str, Any]) -> str:
        return f"{values['user_id']} tercatat tidak di tempat {self.days_of(values)}."

    def ending(self, spell: Spell) -> tuple[str, str, str]:
        what = f"{spell.name} dicatat kembali di tempat hari ini; waktu berkas berjalan lagi."
        return "Akhiri ketidakhadiran", what, "Ya, sudah kembali"

    def send_end(
        self, background: Background, then: Callable[[None], object], op_id: str, spell: Spell
    ) -> None:
        background.command(then, end_absence, op_id, spell.id)


def _office_named(name: str) -> Role:
    """Give the office chosen by its label."""
    return next(role for role in OFFICIALS if role.label == name)


def _acting_office(row: ActingRow) -> str:
    return f"{row.kind}. {row.role.short}"


def _term_office(row: TermRow) -> str:
    return row.role.short


def _term_words(row: TermRow) -> str:
    return "; ".join(part for part in (row.title, row.decree) if part)


def _decree(row: ActingRow) -> str:
    return row.decree


def _reason(row: AbsenceRow) -> str:
    return row.reason
