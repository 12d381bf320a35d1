"""Typed text and stored values: how each kind of field is read and shown again.

Reading raises ValueError with an Indonesian sentence; empty text is no value (None).
"""

from __future__ import annotations

import re
from typing import Any

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import grouped, parse_date, rupiah, short_date
from kecamatan_desk.domain.people import checked_nik
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_TIME = re.compile(r"(\d{1,2})(?:[.:, ]?(\d{2}))?")
_NUMBERISH = re.compile(r"(?:Rp)?\.?\s*(\d[\d.\s]*)(?:,\d{1,2})?", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d{6,15}")


def read(field: Field, text: str) -> Any:
    """Give the stored form of what was typed, or None for nothing."""
    if not text.strip():
        return None
    match field.kind:
        case FieldKind.DATE:
            return parse_date(text).isoformat()
        case FieldKind.TIME:
            return _time(text)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _number(field, text)
        case FieldKind.NIK | FieldKind.KK:
            return _sixteen(field, text)
        case FieldKind.PHONE:
            return _phone(text)
        case FieldKind.LONG_TEXT:
            return "\n".join(_line(field, line) for line in text.strip().splitlines())
    return _line(field, text)


def shown(field: Field, value: Any) -> str:
    """Give a stored value as the field shows it; an unreadable one as it is."""
    if value is None or value == "":
        return ""
    text = str(value)
    try:
        match field.kind:
            case FieldKind.DATE:
                return short_date(parse_date(text))
            case FieldKind.TIME:
                return text.replace(":", ".")
            case FieldKind.MONEY:
                return rupiah(int(text))
            case FieldKind.NUMBER:
                number = int(text)
                return grouped(number) if number >= 10_000 else str(number)
            case FieldKind.YES_NO:
                return {"ya": "Ya", "tidak": "Tidak"}.get(text, text)
            case FieldKind.MULTI_CHOICE:
                return ", ".join(map(str, value)) if isinstance(value, list | tuple) else text
    except ValueError:
        return text
    return text


def _line(field: Field, text: str) -> str:
    try:
        return checked_text(text, field.label, field.length)
    except DeskError as error:
        raise ValueError(str(error)) from None


def _time(text: str) -> str:
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(part or 0) for part in found.groups()) if found else (99, 0)
    if found and hour > 24 and len(found[1]) == 2 and not found[2]:
        hour = 99
    if hour > 23 or minute > 59:
        raise ValueError("Tulis pukul sebagai jam dan menit, misalnya 09.30.")
    return f"{hour:02d}:{minute:02d}"


def _number(field: Field, text: str) -> int:
    found = _NUMBERISH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{field.label}: tulis angka saja, tanpa huruf.")
    digits = re.sub(r"\D", "", found[1])
    most = 15 if field.kind is FieldKind.MONEY else min(field.length, 15)
    if len(digits) > most:
        raise ValueError(f"{field.label} terlalu besar: paling banyak {most} angka.")
    return int(digits)


def _sixteen(field: Field, text: str) -> str:
    try:
        return checked_nik(text, field.label)
    except DeskError as error:
        raise ValueError(str(error)) from None


def _phone(text: str) -> str:
    number = re.sub(r"[\s().-]", "", text)
    if not _PHONE.fullmatch(number):
        raise ValueError("Nomor telepon hanya angka, 6 sampai 15; boleh diawali tanda +.")
    return number
