"""What a field of every kind accepts, what it stores, and what it refuses by name."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.usecases.validation import MOST_ROWS, cleaned_values
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Condition, Field, FieldKind, Section, Service

K = FieldKind
LETTERS = ("A", "B", "C")

FIELDS = {
    K.TEXT: Field("isi", "Isian", K.TEXT, length=20),
    K.LONG_TEXT: Field("isi", "Isian", K.LONG_TEXT, length=200),
    K.DATE: Field("isi", "Isian", K.DATE),
    K.TIME: Field("isi", "Isian", K.TIME),
    K.NUMBER: Field("isi", "Isian", K.NUMBER),
    K.MONEY: Field("isi", "Isian", K.MONEY),
    K.CHOICE: Field("isi", "Isian", K.CHOICE, choices=LETTERS),
    K.MULTI_CHOICE: Field("isi", "Isian", K.MULTI_CHOICE, choices=LETTERS),
    K.YES_NO: Field("isi", "Isian", K.YES_NO),
    K.NIK: Field("isi", "Isian", K.NIK),
    K.KK: Field("isi", "Isian", K.KK),
    K.PHONE: Field("isi", "Isian", K.PHONE),
    K.VILLAGE: Field("isi", "Isian", K.VILLAGE, length=20),
    K.ROWS: Field(
        "isi",
        "Isian",
        K.ROWS,
        columns=(
            Field("nama", "Nama", required=True, length=30),
            Field("nik", "NIK", K.NIK),
            Field("usia", "Usia", K.NUMBER),
        ),
    ),
}
GOOD: list[tuple[FieldKind, Any, Any]] = [
    (K.TEXT, "  Kampung   Pasir ", "Kampung Pasir"),
    (K.TEXT, "x" * 20, "x" * 20),
    (K.LONG_TEXT, "satu\ndua", "satu dua"),
    (K.DATE, "2026-05-12", "2026-05-12"),
    (K.DATE, "2024-02-29", "2024-02-29"),
    (K.TIME, "09:30", "09:30"),
    (K.TIME, "00:00", "00:00"),
    (K.TIME, "23:59", "23:59"),
    (K.NUMBER, 0, 0),
    (K.NUMBER, 12, 12),
    (K.NUMBER, "12", 12),
    (K.MONEY, 1_250_000, 1_250_000),
    (K.CHOICE, "B", "B"),
    (K.MULTI_CHOICE, ["C", "A"], ["C", "A"]),
    (K.MULTI_CHOICE, ("A",), ["A"]),
    (K.YES_NO, "ya", "ya"),
    (K.YES_NO, "tidak", "tidak"),
    (K.NIK, "990101 540491 0001", "9901015404910001"),
    (K.KK, "9901015404910003", "9901015404910003"),
    (K.PHONE, "0812-3456-7890", "081234567890"),
    (K.PHONE, "+62 812 3456 789", "+628123456789"),
    (K.VILLAGE, "Mekarsari", "Mekarsari"),
    (K.ROWS, [{"nama": " Siti ", "usia": "7"}], [{"nama": "Siti", "usia": 7}]),
    (
        K.ROWS,
        [{"nama": "Siti"}, {}, {"nama": "Ujang", "nik": ""}],
        [{"nama": "Siti"}, {"nama": "Ujang"}],
    ),
]
BAD: list[tuple[FieldKind, Any]] = [
    (K.TEXT, "x" * 21),
    (K.TEXT, "Ma\u202eruf"),
    (K.TEXT, "漢字"),
    (K.LONG_TEXT, "x" * 201),
    (K.LONG_TEXT, "\x07"),
    (K.DATE, "2026-02-29"),
    (K.DATE, "12-05-2026"),
    (K.DATE, "kemarin"),
    (K.DATE, "1849-12-31"),
    (K.DATE, "2201-01-01"),
    (K.TIME, "24:00"),
    (K.TIME, "9.75"),
    (K.TIME, "09:60"),
    (K.TIME, "pagi"),
    (K.TIME, "09:30:15"),
    (K.NUMBER, -1),
    (K.NUMBER, "dua"),
    (K.NUMBER, 10**13 + 1),
    (K.NUMBER, "1_000"),
    (K.NUMBER, 2.5),
    (K.NUMBER, float("inf")),
    (K.NUMBER, True),
    (K.NUMBER, "１２"),  # noqa: RUF001 - wide digits of another keyboard
    (K.MONEY, "1.250.000,50"),
    (K.MONEY, -5),
    (K.CHOICE, "D"),
    (K.CHOICE, "b"),
    (K.MULTI_CHOICE, ["A", "D"]),
    (K.YES_NO, "mungkin"),
    (K.NIK, "990101540491000"),
    (K.NIK, "99010154049100O1"),
    (K.KK, "1111111111111111"),
    (K.PHONE, "0" * 21),
    (K.PHONE, "0812\u200b3456"),
    (K.PHONE, "漢字"),
    (K.PHONE, "tidak ada"),
    (K.VILLAGE, "x" * 21),
    (K.ROWS, [{"nik": "9901015404910001"}]),
    (K.ROWS, [{"nama": "Siti", "usia": -1}]),
    (K.ROWS, [{"nama": "x" * 31}]),
    (K.ROWS, [{"nama": "Siti"}] * (MOST_ROWS + 1)),
]


def service_of(*fields: Field, step: str = "terima") -> Service:
    """A real service with one section of our own."""
    from dataclasses import replace

    return replace(SERVICES["sktm"], sections=(Section("Uji", fields, step=step),))


def stored(field: Field, value: Any, *, complete: bool = True) -> dict[str, Any]:
    return cleaned_values(service_of(field), {field.code: value}, "terima", complete=complete)


@pytest.mark.parametrize(("kind", "typed", "kept"), GOOD, ids=lambda v: str(v)[:24])
def test_a_field_of_every_kind_keeps_what_it_is_for(kind: FieldKind, typed: Any, kept: Any) -> None:
    assert stored(FIELDS[kind], typed) == {"isi": kept}


@pytest.mark.parametrize(("kind", "typed"), BAD, ids=lambda v: ascii(v)[:24])
def test_a_field_of_every_kind_refuses_what_it_is_not_for(kind: FieldKind, typed: Any) -> None:
    with pytest.raises(InputError, match="Isian") as refused:
        stored(FIELDS[kind], typed)
    assert refused.value.field == "isi"


def test_every_kind_of_field_is_tried_both_ways() -> None:
    assert {kind for kind, _, _ in GOOD} == {kind for kind, _ in BAD} == set(FieldKind)


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("nothing", ["", None, []])
def test_nothing_typed_is_nothing_stored(kind: FieldKind, nothing: Any) -> None:
    assert stored(FIELDS[kind], nothing) == {}


@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_stored_is_accepted_again_unchanged(kind: FieldKind) -> None:
    for one, _, kept in GOOD:
        if one is kind:
            assert stored(FIELDS[kind], kept) == {"isi": kept}


@given(st.sampled_from(FieldKind), st.text(max_size=30))
def test_no_text_whatever_breaks_a_field(kind: FieldKind, text: str) -> None:
    if kind in (K.ROWS, K.MULTI_CHOICE):  # screens give lists here
        return
    with contextlib.suppress(InputError):
        kept = stored(FIELDS[kind], text)
        assert stored(FIELDS[kind], kept.get("isi", "")) == kept


def test_a_choice_named_twice_is_kept_once() -> None:
    assert stored(FIELDS[K.MULTI_CHOICE], ["A", "A", "B"]) == {"isi": ["A", "B"]}


def test_a_number_of_so_many_digits_takes_no_other_number_of_them() -> None:
    nib = Field("isi", "NIB", digits=13)
    assert stored(nib, "1234 5678 90123") == {"isi": "1234567890123"}
    for wrong in ("123456789012", "12345678901234", "123456789012x", "１２３４５６７８９０１２３"):  # noqa: RUF001
        with pytest.raises(InputError, match="13 angka"):
            stored(nib, wrong)


def test_a_draft_may_have_holes_and_a_complete_form_may_not() -> None:
    needed = Field("isi", "Isian", required=True)
    assert stored(needed, "", complete=False) == {}
    with pytest.raises(InputError, match="Isian belum diisi") as refused:
        stored(needed, "   ")
    assert refused.value.field == "isi"


def test_a_field_is_needed_only_when_its_condition_holds() -> None:
    by = Field("oleh", "Diurus oleh", K.CHOICE, choices=("Sendiri", "Kuasa"))
    name = Field("kuasa", "Nama", required=True, when=Condition("oleh", ("Kuasa",)))
    service = service_of(by, name)
    assert cleaned_values(service, {"oleh": "Sendiri"}, "terima", complete=True)
    with pytest.raises(InputError) as refused:
        cleaned_values(service, {"oleh": "Kuasa"}, "terima", complete=True)
    assert refused.value.field == "kuasa"


def test_what_was_typed_into_a_field_that_is_hidden_again_does_not_reach_the_letter() -> None:
    by = Field("oleh", "Diurus oleh", K.CHOICE, choices=("Sendiri", "Kuasa"))
    name = Field("kuasa", "Nama", required=True, when=Condition("oleh", ("Kuasa",)))
    typed = {"oleh": "Sendiri", "kuasa": "Ujang"}
    assert cleaned_values(service_of(by, name), typed, "terima", complete=True) == {
        "oleh": "Sendiri"
    }
    draft = cleaned_values(service_of(by, name), typed, "terima", complete=False)
    assert draft == typed  # while typing, nothing is lost


def test_a_screen_must_not_invent_fields() -> None:
    with pytest.raises(InputError, match="tidak dikenal: lain"):
        cleaned_values(service_of(FIELDS[K.TEXT]), {"lain": "x"}, "terima", complete=False)


def test_fields_of_another_step_are_not_taken_here() -> None:
    service = service_of(Field("hasil", "Hasil"), step="rekam")
    with pytest.raises(InputError):
        cleaned_values(service, {"hasil": "x"}, "terima", complete=False)
    assert cleaned_values(service, {"hasil": "x"}, "rekam", complete=True) == {"hasil": "x"}


def test_a_faulty_row_is_named_by_its_place() -> None:
    rows = [{"nama": "Siti"}, {"nama": "Ujang", "nik": "12"}]
    with pytest.raises(InputError, match="Isian baris 2: NIK"):
        stored(FIELDS[K.ROWS], rows)
    with pytest.raises(InputError, match="Isian baris 1: Nama belum diisi"):
        stored(FIELDS[K.ROWS], [{"usia": 3}])
