"""Cells that only one service's book has, taken from its own fields."""

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.usecases.book_cells import (
    day_of,
    day_text,
    field_text,
    hour,
    is_hidden,
    listed,
    note,
    rows_of,
    stack,
    weekday,
    years_on,
)
from kecamatan_desk.usecases.register_lines import RegisterLine

_LATE_BIRTH = 60  # days; after them a birth is reported late (UU 24/2013, article 32)


def recorded(line: RegisterLine) -> str:
    """Give the result of an e-KTP recording, when, and by whom."""
    done = listed(field_text(line, "tanggal-perekaman"), field_text(line, "jam-perekaman"))
    return stack(field_text(line, "hasil-perekaman"), done, line.handed_by)


def lost_or_changed(line: RegisterLine) -> str:
    """Give the police report of a lost card, and what changes on the new one."""
    lost = listed(
        field_text(line, "surat-hilang-nomor"),
        field_text(line, "surat-hilang-tanggal"),
        field_text(line, "surat-hilang-polsek"),
    )
    return stack(lost, changes(line))


def changes(line: RegisterLine) -> str:
    """Was and becomes, a row each."""
    out = []
    for row in rows_of(line, "perubahan"):
        who = str(row.get("nama") or "")
        what = str(row.get("elemen") or "")
        was, new = str(row.get("semula") or "–"), str(row.get("menjadi") or "–")
        out.append(f"{listed(who, what)}: semula {was}, menjadi {new}")
    return stack(*out)


def members(line: RegisterLine) -> str:
    """Give the members of the family before and after."""
    before, after = field_text(line, "jumlah-sebelum"), field_text(line, "jumlah-sesudah")
    return f"{before or '–'} / {after or '–'}" if before or after else ""


def letter_of_removal(line: RegisterLine) -> str:
    """Give number and date of the SKPWNI."""
    return stack(field_text(line, "skpwni-nomor"), field_text(line, "skpwni-tanggal"))


def _place(line: RegisterLine, prefix: str) -> str:
    """Address, RT and RW, village, district, regency, province of where one comes or goes."""
    street = " ".join(
        part
        for part in (
            field_text(line, f"{prefix}-alamat"),
            f"RT {line.facts[f'{prefix}-rt']}" if line.facts.get(f"{prefix}-rt") else "",
            f"RW {line.facts[f'{prefix}-rw']}" if line.facts.get(f"{prefix}-rw") else "",
        )
        if part
    )
    parts = [str(line.facts.get(f"{prefix}-{part}") or "") for part in _PLACES]
    return listed(street, *parts)


_PLACES = ("desa", "kecamatan", "kabupaten", "provinsi")


def came_from(line: RegisterLine) -> str:
    """Give the whole address of origin."""
    return _place(line, "asal")


def to(line: RegisterLine) -> str:
    """Give the whole address of destination."""
    return _place(line, "tujuan")


def where_to(line: RegisterLine) -> str:
    """Give the destination of a journey."""
    return listed(*(str(line.facts.get(f"tujuan-{part}") or "") for part in _PLACES))


def left_address(line: RegisterLine) -> str:
    """Give the address somebody leaves."""
    return listed(field_text(line, "asal-alamat") or line.address, line.village)


def why_moved(line: RegisterLine) -> str:
    """Give the reason for moving, and how far."""
    why = field_text(line, "alasan-lain") or field_text(line, "alasan-pindah")
    return stack(why, field_text(line, "klasifikasi-pindah"))


class Followers:
    """Counts the persons of a table field, of one sex or all of them.

    Where the form asks for no sex, the NIK tells it (a woman's day of birth is 40 higher), else
    the relationship; who stays unknown is counted in the sum alone.
    """

    def __init__(self, code: str, of: str) -> None:
        self._code, self._of = code, of

    def __call__(self, line: RegisterLine) -> int:
        rows = rows_of(line, self._code)
        return sum(1 for row in rows if not self._of or _sex_of(row) == self._of)


def _sex_of(row: object) -> str:
    assert isinstance(row, dict)
    told = str(row.get("jenis-kelamin") or "")[:1]
    digits = str(row.get("nik") or "")
    if not told and len(digits) == 16 and digits.isdigit():
        told = "P" if int(digits[6:8]) > 40 else "L"
    return told or {"Istri": "P", "Suami": "L"}.get(str(row.get("hubungan") or ""), "")


def birth(line: RegisterLine) -> str:
    """Give place, day and hour of a birth."""
    at = hour(str(line.facts.get("jam-lahir") or ""))
    where = field_text(line, "anak-tempat-lahir")
    day = day_text(day_of(line, "anak-tanggal-lahir"))
    return stack(listed(where, day), f"pukul {at}" if at else "")


def in_time(line: RegisterLine) -> str:
    """Tell whether a birth was reported in time."""
    day = day_of(line, "anak-tanggal-lahir")
    if day is None:
        return ""
    return "Terlambat" if (line.registered - day).days > _LATE_BIRTH else "Tepat waktu"


def reporter(line: RegisterLine) -> str:
    """Give who reports, and his relation."""
    relation = field_text(line, "pelapor-hubungan")
    return stack(line.name, f"({relation})" if relation else "")


def age_at_death(line: RegisterLine) -> str:
    """Give the age somebody reached."""
    return years_on(line, "almarhum-tanggal-lahir", day_of(line, "meninggal-tanggal"))


def death(line: RegisterLine) -> str:
    """Give day, hour and place of a death."""
    at = hour(str(line.facts.get("meninggal-jam") or ""))
    day = field_text(line, "meninggal-tanggal")
    where = field_text(line, "meninggal-tempat")
    return stack(day, f"pukul {at}" if at else "", where)


def dead(line: RegisterLine) -> str:
    """Give whose heirs they are, and since when."""
    day = field_text(line, "meninggal-tanggal")
    return stack(field_text(line, "pewaris-nama"), f"meninggal {day}" if day else "")


def parent(line: RegisterLine) -> str:
    """Give the parent who asks for a child's card."""
    relation = field_text(line, "pemohon-hubungan")
    return stack(line.name, f"({relation})" if relation else "")


def age_group(line: RegisterLine) -> str:
    """Tell which of the two cards a child gets."""
    years = years_on(line, "anak-tanggal-lahir", line.registered)
    if not years:
        return ""
    return "Di bawah 5 tahun" if int(years) < 5 else "5–17 tahun"


def for_whom(line: RegisterLine) -> str:
    """Give the purpose, and for whom it is."""
    other = field_text(line, "orang-nama")
    relation = field_text(line, "orang-hubungan") or field_text(line, "kepentingan")
    return stack(line.purpose, f"untuk {other} ({relation})" if other else "")


def company(line: RegisterLine) -> str:
    """Give who sends a worker abroad."""
    return stack(field_text(line, "p3mi-nama"), field_text(line, "p3mi-izin")) or field_text(
        line, "skema"
    )


def permission(line: RegisterLine) -> str:
    """Give who permits it, and his relation."""
    relation = field_text(line, "izin-hubungan")
    return stack(field_text(line, "izin-nama"), f"({relation})" if relation else "")


def organiser(line: RegisterLine) -> str:
    """Give who answers for an event."""
    return stack(line.name, field_text(line, "organisasi"))


def when_held(line: RegisterLine) -> str:
    """Give the days and hours of an event."""
    first, last = day_of(line, "mulai-tanggal"), day_of(line, "selesai-tanggal")
    if first is None:
        return ""
    days = f"{weekday(first)}, {short_date(first)}"
    until = f"s.d. {weekday(last)}, {short_date(last)}" if last and last != first else ""
    hours = [hour(str(line.facts.get(f"{part}-jam") or "")) for part in ("mulai", "selesai")]
    return stack(days, until, "–".join(part for part in hours if part))


def show(line: RegisterLine) -> str:
    """Give what is performed, and by whom."""
    return listed(field_text(line, "hiburan"), field_text(line, "hiburan-grup"))


class Partner:
    """Name, father, age on the day of entry and address of who is to be married."""

    def __init__(self, who: str, child_of: str) -> None:
        self._who, self._child_of = who, child_of

    def __call__(self, line: RegisterLine) -> str:
        who = self._who
        father = field_text(line, f"{who}-{self._child_of}")
        years = years_on(line, f"{who}-tanggal-lahir", line.registered)
        return stack(
            field_text(line, f"{who}-nama"),
            f"{self._child_of} {father}" if father else "",
            f"{years} tahun" if years else "",
            field_text(line, f"{who}-alamat"),
        )


def days_left(line: RegisterLine) -> str:
    """Give the working days left to the wedding."""
    return "" if line.working_days is None else str(line.working_days)


def spouse(line: RegisterLine) -> int:
    """Count the husband or wife."""
    return int(bool(line.facts.get("pasangan-nama")))


def children(line: RegisterLine) -> int:
    """Count the children."""
    return len(rows_of(line, "anak"))


def dependants(line: RegisterLine) -> int:
    """Count spouse and children."""
    return spouse(line) + children(line)


def employed(line: RegisterLine) -> str:
    """Give the employer, and in what standing."""
    return stack(field_text(line, "instansi"), field_text(line, "kedudukan"))


def asks_for(line: RegisterLine) -> str:
    """Give the body a proposal is from, and who brings it."""
    return stack(field_text(line, "lembaga"), line.name)


def amount(line: RegisterLine) -> int | None:
    """Give the rupiah a proposal asks for; None where it names no amount."""
    value = line.facts.get("nilai")
    return int(str(value)) if value not in (None, "") else None


def licence(line: RegisterLine) -> str:
    """Give number and date of the NIB."""
    return stack(field_text(line, "nib"), field_text(line, "nib-tanggal"))


def certificate(line: RegisterLine) -> str:
    """Give the kinds of papers issued, and their number."""
    return stack(field_text(line, "dokumen"), field_text(line, "sertifikat-nomor"))


def oss_note(line: RegisterLine) -> str:
    """Give the officer with the usual remarks."""
    return stack(f"Petugas: {line.handed_by}" if line.handed_by else "", note(line))


def came_at(line: RegisterLine) -> str:
    """Give day and hour of a complaint."""
    at = f"{line.written:%H.%M}" if line.written else ""
    return stack(short_date(line.registered), at)


def reached_at(line: RegisterLine) -> str:
    """Give address and telephone of a reporter, if he may be named."""
    if is_hidden(line):
        return line.name
    return stack(listed(line.address, line.village), str(line.facts.get("hp") or ""))


def classified(line: RegisterLine) -> str:
    """Give the class of a complaint, and whose matter it is."""
    return stack(field_text(line, "klasifikasi"), field_text(line, "kewenangan"))


def followed_up(line: RegisterLine) -> str:
    """Give what was done about a complaint."""
    passed_on = field_text(line, "diteruskan")
    return stack(
        f"Diteruskan ke {passed_on}" if passed_on else "",
        field_text(line, "keputusan") or field_text(line, "pertimbangan"),
    )


def minutes(line: RegisterLine) -> str:
    """Give the number of the Berita Acara."""
    return str(line.facts.get("berita-acara") or "")


def finished(line: RegisterLine) -> str:
    """Give when a complaint ended."""
    return day_text(line.handed)


def delivered(line: RegisterLine) -> str:
    """Give the result told to the reporter, and how."""
    way = field_text(line, "penyampaian-cara")
    return stack(field_text(line, "hasil-penyampaian"), f"({way.lower()})" if way else "")
