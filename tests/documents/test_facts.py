"""What a letter can name, derived from stored values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.documents.facts import field_facts, slug
from kecamatan_desk.workflows.vocabulary import Condition, Field, FieldKind


def test_dates_numbers_money_and_times() -> None:
    fields = (
        Field("tgl", "T", FieldKind.DATE),
        Field("jumlah", "J", FieldKind.NUMBER),
        Field("luas", "L", FieldKind.NUMBER),
        Field("biaya", "B", FieldKind.MONEY),
        Field("pukul", "P", FieldKind.TIME),
    )
    values = {"tgl": "2026-05-12", "jumlah": 2020, "luas": 12500, "biaya": 900000, "pukul": "09:30"}
    assert field_facts(fields, values) == {
        "tgl": "12 Mei 2026",
        "tgl-hari": "Selasa",
        "tgl-terbilang": "dua belas bulan Mei tahun dua ribu dua puluh enam",
        "jumlah": "2020",
        "jumlah-terbilang": "dua ribu dua puluh",
        "luas": "12.500",
        "luas-terbilang": "dua belas ribu lima ratus",
        "biaya": "Rp900.000",
        "biaya-terbilang": "sembilan ratus ribu rupiah",
        "pukul": "09.30",
    }


def test_choices_carry_a_name_for_each_answer() -> None:
    fields = (
        Field("untuk", "U", FieldKind.CHOICE, choices=("Untuk diri sendiri", "Anak")),
        Field("barang", "B", FieldKind.MULTI_CHOICE, choices=("Ternak", "Hasil bumi", "Lain/lain")),
        Field("ramai", "R", FieldKind.YES_NO),
    )
    facts = field_facts(
        fields, {"untuk": "Untuk diri sendiri", "barang": ["Ternak", "Lain/lain"], "ramai": "ya"}
    )
    assert facts["untuk-is-untuk-diri-sendiri"] is True
    assert facts["untuk-is-anak"] is False
    assert facts["barang"] == "Ternak dan Lain/lain"
    assert facts["barang-is-lain-lain"] is True
    assert facts["barang-is-hasil-bumi"] is False
    assert (facts["ramai"], facts["ramai-ya"]) == ("Ya", True)
    assert field_facts(fields, {"ramai": "tidak"})["ramai"] == "Tidak"


def test_rows_are_numbered_counted_and_empty_ones_skipped() -> None:
    columns = (
        Field("nama", "N"),
        Field("tempat-lahir", "T"),
        Field("tanggal-lahir", "L", FieldKind.DATE),
    )
    stored = [
        {"nama": "A", "tempat-lahir": "Sukamaju", "tanggal-lahir": "2000-05-13"},
        {"nama": " ", "tanggal-lahir": ""},
        {"nama": "B"},
    ]
    facts = field_facts(
        (Field("anak", "A", FieldKind.ROWS, columns=columns),),
        {"anak": stored},
        on=date(2026, 5, 12),
    )
    rows = facts["anak"]
    assert isinstance(rows, tuple)
    assert [(row["no"], row["nama"], row["umur"]) for row in rows] == [
        ("1", "A", "25"),
        ("2", "B", ""),
    ]
    assert rows[0]["ttl"] == "Sukamaju, 13 Mei 2000"
    assert (facts["anak-jumlah"], facts["anak-jumlah-terbilang"]) == ("2", "dua")


def test_birth_gives_place_with_date_and_age_by_prefix() -> None:
    fields = (
        Field("ayah-tempat-lahir", "T"),
        Field("ayah-tanggal-lahir", "L", FieldKind.DATE),
    )
    values = {"ayah-tempat-lahir": "Sukamaju", "ayah-tanggal-lahir": "1981-03-12"}
    facts = field_facts(fields, values, on=date(2026, 3, 11))
    assert (facts["ayah-ttl"], facts["ayah-umur"]) == ("Sukamaju, 12 Maret 1981", "44")
    assert field_facts(fields, {"ayah-tempat-lahir": "Sukamaju"})["ayah-ttl"] == "Sukamaju"


def test_what_a_condition_hides_is_empty_whatever_was_typed() -> None:
    fields = (
        Field("oleh", "O", FieldKind.CHOICE, choices=("Sendiri", "Kuasa")),
        Field("kuasa-nama", "K", when=Condition("oleh", ("Kuasa",))),
    )
    assert field_facts(fields, {"oleh": "Sendiri", "kuasa-nama": "X"})["kuasa-nama"] == ""
    assert field_facts(fields, {"oleh": "Kuasa", "kuasa-nama": "X"})["kuasa-nama"] == "X"


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind is not FieldKind.ROWS])
def test_every_name_is_there_without_a_value(kind: FieldKind) -> None:
    field = Field("x", "X", kind, choices=("Satu", "Dua"))
    filled = {
        FieldKind.DATE: "2026-05-12",
        FieldKind.NUMBER: 3,
        FieldKind.MONEY: 3,
        FieldKind.MULTI_CHOICE: ["Satu"],
        FieldKind.YES_NO: "ya",
    }.get(kind, "Satu")
    empty, full = field_facts((field,), {}), field_facts((field,), {"x": filled})
    assert empty.keys() == full.keys()
    assert not any(empty.values())
    assert full["x"]


@given(st.text())
def test_a_slug_is_a_name_the_template_can_hold(value: str) -> None:
    assert set(slug(value)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
