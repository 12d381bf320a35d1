"""What a field may hold: errors stop, warnings only tell (domain rules, error versus warning)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import checked_nik, digits_only
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service

MOST_ROWS = 60
_MOST_NUMBER = 10**13
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


def cleaned_values(
    service: Service, values: Mapping[str, Any], step: str, *, complete: bool
) -> dict[str, Any]:
    """Give the values of the fields of one step as they are stored.

    With ``complete`` every required field that applies must be filled; a draft may have holes.
    InputError names the field. Unknown codes are refused: a screen must not invent any.
    """
    fields = [field for section in service.sections_at(step) for field in section.fields]
    known = {field.code for field in fields}
    if unknown := set(values) - known:
        raise InputError(
            f"Isian tidak dikenal: {', '.join(sorted(unknown))}. Tidak ada yang berubah; buka lagi "
            "berkasnya."
        )
    result: dict[str, Any] = {}
    for field in fields:
        value = _cleaned(field, values.get(field.code))
        if value not in ("", None, []):
            result[field.code] = value
    if complete:
        result = _shown(fields, result)
        _require_filled(fields, result)
    return result


def _shown(fields: Sequence[Field], values: dict[str, Any]) -> dict[str, Any]:
    """Give the values without those of fields that an earlier choice has hidden again."""
    hidden = {f.code for f in fields if f.when and not f.when.holds(values)} & set(values)
    if not hidden:
        return values
    return _shown(fields, {code: value for code, value in values.items() if code not in hidden})


def _require_filled(fields: Iterable[Field], values: Mapping[str, Any]) -> None:
    for field in fields:
        if field.when and not field.when.holds(values):
            continue
        if field.required and field.code not in values:
            raise InputError(
                f"{field.label} belum diisi. Yang sudah diketik tetap tersimpan; lengkapi isian "
                "ini.",
                field.code,
            )
        for number, row in enumerate(values.get(field.code, ()) if field.columns else (), 1):
            for column in field.columns:
                if _missing(column, row):
                    raise InputError(
                        f"{field.label} baris {number}: {column.label} belum diisi. Lengkapi atau "
                        "hapus baris itu.",
                        field.code,
                    )


def _missing(column: Field, row: Mapping[str, Any]) -> bool:
    applies = column.when is None or column.when.holds(row)
    return column.required and applies and not row.get(column.code)


def _cleaned(field: Field, value: Any) -> Any:
    if value in (None, "", []):
        return ""
    match field.kind:
        case FieldKind.NIK | FieldKind.KK:
            return checked_nik(str(value), field.label, field.code)
        case FieldKind.DATE:
            return _day(field, str(value))
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _number(field, value)
        case FieldKind.PHONE:
            return _phone(field, str(value))
        case FieldKind.TIME:
            return _time(field, str(value))
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return _choice(field, str(value))
        case FieldKind.MULTI_CHOICE:
            return list(dict.fromkeys(_choice(field, str(part)) for part in value))
        case FieldKind.ROWS:
            return _rows(field, value)
    return _text(field, str(value))


def _text(field: Field, value: str) -> str:
    if field.digits:
        number = digits_only(value)
        if not _figures(number) or len(number) != field.digits:
            raise InputError(
                f"{field.label} harus {field.digits} angka. Periksa, lalu ketik ulang; isian lain "
                "tetap tersimpan.",
                field.code,
            )
        return number
    text = checked_text(value, field.label, field.length, field.code)
    if lacking := missing_characters(text):
        raise InputError(
            f"{field.label} memuat huruf yang tidak dapat dicetak: {lacking}. Ganti dengan huruf "
            "Latin; isian lain tetap tersimpan.",
            field.code,
        )
    return text.zfill(field.pad) if text.isascii() and text.isdigit() else text


def _day(field: Field, text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{field.label} bukan tanggal yang ada pada kalender. Ketik misalnya 12-05-2026.",
            field.code,
        ) from error
    if not 1850 <= day.year <= 2200:
        raise InputError(f"{field.label}: tahun {day.year} tidak mungkin. Periksa.", field.code)
    return day.isoformat()


def _time(field: Field, text: str) -> str:
    if _TIME.fullmatch(text) is None:
        raise InputError(
            f"{field.label} bukan jam yang ada. Ketik misalnya 09.30; isian lain tetap tersimpan.",
            field.code,
        )
    return text


def _phone(field: Field, value: str) -> str:
    number = checked_text(digits_only(value), field.label, 20, field.code)
    if not _figures(number.removeprefix("+")):
        raise InputError(
            f"{field.label} hanya boleh berisi angka, boleh diawali +. Ketik ulang, atau kosongkan "
            "bila tidak ada.",
            field.code,
        )
    return number


def _figures(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _number(field: Field, value: Any) -> int:
    text = str(value).strip()
    if not _figures(text.removeprefix("-")):  # int() would also take 1_000, True and 2.5
        raise InputError(f"{field.label} harus berupa angka bulat.", field.code)
    number = int(text) if len(text) < 20 else _MOST_NUMBER + 1
    if number < 0 or number > _MOST_NUMBER:
        raise InputError(
            f"{field.label} tidak boleh kurang dari nol atau terlalu besar.", field.code
        )
    return number


def _choice(field: Field, value: str) -> str:
    allowed = ("ya", "tidak") if field.kind is FieldKind.YES_NO else field.choices
    if value not in allowed:
        raise InputError(
            f"{field.label}: “{value}” tidak ada dalam pilihan. Pilih salah satu dari daftar.",
            field.code,
        )
    return value


def _rows(field: Field, value: Any) -> list[dict[str, Any]]:
    if len(value) > MOST_ROWS:
        raise InputError(f"{field.label} paling banyak {MOST_ROWS} baris.", field.code)
    rows = []
    for number, row in enumerate(value, 1):
        try:
            cleaned = {c.code: _cleaned(c, row.get(c.code)) for c in field.columns}
        except InputError as error:
            raise InputError(f"{field.label} baris {number}: {error}", field.code) from error
        if filled := {code: part for code, part in cleaned.items() if part not in ("", [])}:
            rows.append(filled)
    return rows
