"""The facts every letter may name, whoever it is about: of the office, the day, the applicant."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kecamatan_desk.domain.indonesian import clock, date_in_words, day_name, long_date
from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.office_values import OfficeProfile


def shared_facts(
    office: OfficeProfile,
    data: Mapping[str, Any],
    at: datetime,
    *,
    number: str,
    agenda: str,
    file_code: str,
) -> dict[str, Any]:
    """Give the facts that are no fields; ``at`` is by the office's clock."""
    day = at.date()
    place = str(data.get("tempat-lahir", ""))
    born = str(data.get("tanggal-lahir", ""))
    birth = date.fromisoformat(born) if born else None
    return {
        "kecamatan": office.name,
        "kabupaten": office.regency,
        "provinsi": office.province,
        "camat": f"Camat {office.name}",
        "tempat": office.place or office.name,
        "nomor": number,
        "nomor-agenda": agenda,
        "tanggal": long_date(day),
        "tanggal-hari": day_name(day),
        "tanggal-terbilang": date_in_words(day),
        "ttl": ", ".join(part for part in (place, long_date(birth) if birth else "") if part),
        "umur": str(age_on(birth, day)) if birth else "",
        "alamat-lengkap": full_address(data),
        "kode-berkas": file_code,
        "jam": clock(at),
        "zona": office.zone_label,
    }


def full_address(data: Mapping[str, Any]) -> str:
    """Give the address as letters print it: street, RT, RW, village."""
    street = " ".join(
        part
        for part in (
            str(data.get("alamat", "")),
            f"RT {data['rt']}" if data.get("rt") else "",
            f"RW {data['rw']}" if data.get("rw") else "",
        )
        if part
    )
    village = str(data.get("desa", ""))
    if village and not village.lower().startswith(("desa", "kelurahan")):
        village = f"Desa {village}"
    return ", ".join(part for part in (street, village) if part)
