"""Warnings at the fields: what the paper in hand may contradict; the officer goes on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import age_on, checked_nik, nik_facts
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import FieldKind, Service

_ADULT_CARDS = {"perekaman-ktp", "ktp"}
_OLD_LETTER_DAYS = 30
_MUCH_MONEY = 1_000_000_000


def check_values(
    work: UnitOfWork, service_code: str, values: Mapping[str, Any]
) -> tuple[FieldNote, ...]:
    """Give the warnings the values of the new-request form deserve now. Nothing is stored."""
    service = SERVICES[service_code]
    notes = [*_nik_notes(work, service, values), *_date_notes(work, service, values)]
    notes += [*_name_notes(values), *_number_notes(service, values)]
    notes += _service_notes(work, service, values)
    return tuple(notes)


def stop_the_impossible(work: UnitOfWork, service: Service, values: Mapping[str, Any]) -> None:
    """Raise InputError for what makes a request senseless, whatever the paper says."""
    for field in service.fields:
        born = field.kind is FieldKind.DATE and field.code.endswith("tanggal-lahir")
        if born and (day := _day(values, field.code)) and day > work.today:
            raise InputError(
                f"{field.label} ada di masa depan. Periksa tanggalnya; isian lain tetap tersimpan.",
                field.code,
            )
    sent = _day(values, "pengantar-tanggal")
    if sent and sent > work.today:
        raise InputError("Tanggal surat pengantar ada di masa depan. Periksa.", "pengantar-tanggal")
    age = _age(values, "tanggal-lahir", work.today)
    if service.code == "calon-tki" and age is not None and age < 18:
        raise InputError(
            f"Umur pemohon {age} tahun; calon TKI paling muda 18 tahun.", "tanggal-lahir"
        )
    child = _age(values, "anak-tanggal-lahir", work.today)
    if service.code == "kia" and child is not None and child >= 17:
        raise InputError(
            "Anak sudah 17 tahun: sudah wajib KTP-el, bukan KIA.", "anak-tanggal-lahir"
        )


def _nik_notes(
    work: UnitOfWork, service: Service, values: Mapping[str, Any]
) -> Iterator[FieldNote]:
    """Compare every NIK with the birth date and sex beside it."""
    for field in service.fields:
        if field.kind is not FieldKind.NIK or not values.get(field.code):
            continue
        prefix = field.code.removesuffix("nik")
        try:
            facts = nik_facts(checked_nik(str(values[field.code])), work.today)
        except InputError:
            continue
        if facts.birth is None:
            yield FieldNote(field.code, "Bagian tanggal lahir pada NIK tidak mungkin.")
        born = _day(values, prefix + "tanggal-lahir")
        if facts.birth and born and facts.birth != born:
            yield FieldNote(
                prefix + "tanggal-lahir",
                f"NIK menyebut {facts.birth:%d-%m-%Y}, di sini {born:%d-%m-%Y}.",
                "Cocokkan dengan KTP. Boleh dilanjutkan.",
                facts.birth.isoformat(),
                f"{facts.birth:%d-%m-%Y}",
            )
        yield from _sex_note(prefix, facts.female, values)
        if facts.serial == "0000":
            yield FieldNote(field.code, "Empat angka akhir NIK 0000 tidak lazim.")


def _sex_note(prefix: str, female: bool, values: Mapping[str, Any]) -> Iterator[FieldNote]:
    sex = values.get(prefix + "jenis-kelamin")
    expected = "Perempuan" if female else "Laki-laki"
    if sex and sex != expected:
        yield FieldNote(
            prefix + "jenis-kelamin",
            f"NIK menyebut {expected.lower()}, di sini {str(sex).lower()}.",
            "Cocokkan dengan KTP. Boleh dilanjutkan.",
            expected,
            expected,
        )


def _date_notes(
    work: UnitOfWork, service: Service, values: Mapping[str, Any]
) -> Iterator[FieldNote]:
    age = _age(values, "tanggal-lahir", work.today)
    if age is not None and age > 110:
        yield FieldNote("tanggal-lahir", f"Umur {age} tahun tidak lazim.")
    if service.code in _ADULT_CARDS and age is not None and age < 17:
        yield FieldNote("tanggal-lahir", f"Umur {age} tahun: belum 17 tahun, kecuali sudah kawin.")
    if service.code == "calon-tki" and age is not None and 18 <= age < 21:
        yield FieldNote("tanggal-lahir", f"Umur {age} tahun: sebagian penempatan mulai 21 tahun.")
    sent = _day(values, "pengantar-tanggal")
    if sent and (work.today - sent).days > _OLD_LETTER_DAYS:
        yield FieldNote(
            "pengantar-tanggal", f"Surat pengantar sudah {(work.today - sent).days} hari."
        )


def _name_notes(values: Mapping[str, Any]) -> Iterator[FieldNote]:
    name = str(values.get("nama", ""))
    odd = "".join(c for c in name if not (c.isalpha() or c in " '’`.,-()/"))
    if odd:
        yield FieldNote("nama", f"Nama memuat “{odd}”.", "Salin persis seperti pada KTP.")
    if len(name) > 60:
        yield FieldNote("nama", "Nama lebih dari 60 huruf.", "Salin persis seperti pada KTP.")


def _number_notes(service: Service, values: Mapping[str, Any]) -> Iterator[FieldNote]:
    for field in service.fields:
        amount = values.get(field.code)
        if field.kind is FieldKind.MONEY and isinstance(amount, int) and amount > _MUCH_MONEY:
            yield FieldNote(field.code, "Nilainya lebih dari satu miliar rupiah.")
        if field.kind is FieldKind.PHONE and amount:
            digits = str(amount).removeprefix("+")
            if not digits.isdigit() or not 10 <= len(digits) <= 14:
                yield FieldNote(field.code, "Nomor HP tidak 10-13 angka.", "Tanyakan sekali lagi.")


def _service_notes(
    work: UnitOfWork, service: Service, values: Mapping[str, Any]
) -> Iterator[FieldNote]:
    married = values.get("status-kawin")
    if service.code == "belum-menikah" and married and married != "Belum Kawin":
        yield FieldNote(
            "status-kawin", f"Status perkawinan “{married}”.", "Layanan ini bagi yang belum kawin."
        )
    akad = _day(values, "akad-tanggal")
    if service.code == "dispensasi-nikah" and akad:
        days = work.calendar.working_days_between(work.today, akad)
        if days >= 10:
            yield FieldNote(
                "akad-tanggal",
                f"Akad masih {days} hari kerja lagi.",
                "Dispensasi tidak diperlukan.",
            )


def _day(values: Mapping[str, Any], code: str) -> date | None:
    try:
        return date.fromisoformat(str(values.get(code, "")))
    except ValueError:
        return None


def _age(values: Mapping[str, Any], code: str, today: date) -> int | None:
    born = _day(values, code)
    return age_on(born, today) if born and born <= today else None
