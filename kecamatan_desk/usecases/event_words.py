"""Every act that events are written with, in the office's words. The one table of them.

An act that is missing here would be shown by its code; a test goes through the program's source
and through all that the tests do, and names it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kecamatan_desk.domain.indonesian import MONTHS, long_date, parse_date, short_date
from kecamatan_desk.domain.numbering import agenda_display, file_code, queue_display
from kecamatan_desk.persistence import numbers
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.reasons import WORDS as REASONS
from kecamatan_desk.usecases.series import series_label
from kecamatan_desk.workflows.engine import Act

FILE, LETTER, NUMBER, BOOK, LOOKED, OUT, OFFICE, DATA = (
    "Langkah berkas",
    "Surat",
    "Nomor",
    "Buku dan penutupan",
    "Berkas dilihat",
    "Cetak dan keluar",
    "Pengelolaan",
    "Data dan cadangan",
)
KINDS = (FILE, LETTER, NUMBER, BOOK, LOOKED, OUT, OFFICE, DATA)


@dataclass(frozen=True, slots=True)
class Word:
    """An act: what it is called, what kind of work, its icon, and why it is unusual ("" is not)."""

    text: str
    kind: str
    glyph: str
    mark: str = ""


WORDS: Mapping[str, Word] = {
    "ajukan": Word("Permohonan diajukan", FILE, "file-plus"),
    Act.ADVANCE: Word("Langkah selesai", FILE, "check"),
    Act.FAIL: Word("Tidak memenuhi syarat (TMS), dikembalikan kepada pemohon", FILE, "undo-2"),
    Act.COME_BACK: Word("Berkas TMS diterima kembali dari pemohon", FILE, "inbox"),
    Act.CLOSE: Word("Permohonan ditutup, tidak dapat dilayani di sini", FILE, "ban"),
    Act.EXPIRE: Word("Permohonan kedaluwarsa, pemohon tidak kembali", FILE, "hourglass"),
    Act.SEND_BACK: Word("Dikembalikan untuk diperbaiki", FILE, "undo-2"),
    Act.REFUSE: Word("Permohonan ditolak", FILE, "circle-x"),
    Act.CANCEL: Word("Permohonan dibatalkan", FILE, "ban"),
    "jeda": Word("Jeda dimulai", FILE, "pause"),
    "lanjutkan-jeda": Word("Jeda selesai", FILE, "clock"),
    "perbaiki": Word("Data diperbaiki", FILE, "pencil"),
    "titipan": Word("Titipan desa dibuka", FILE, "files"),
    "surat": Word("Surat dibuat", LETTER, "file-text"),
    "ganti-penandatangan": Word("Penandatangan diganti", LETTER, "pen-line"),
    "salinan": Word("Salinan surat dibuat", LETTER, "files"),
    "ralat": Word("Ralat diterbitkan", LETTER, "pencil"),
    "lampiran": Word("Lampiran ditambahkan", LETTER, "paperclip"),
    "lampiran-hapus": Word("Lampiran dihapus", LETTER, "trash-2", "lampiran dihapus"),
    "lampiran-retensi": Word("Lampiran yang habis masa simpannya dihapus", DATA, "trash-2"),
    "surat-manual": Word("Surat manual dicatat", NUMBER, "pencil"),
    "surat-manual-kirim": Word("Surat manual dikirim", NUMBER, "package-check"),
    "nomor-awal": Word("Nomor dilanjutkan dari buku kertas", NUMBER, "list", "nomor awal"),
    "nomor-cadangan": Word("Nomor disisihkan untuk padam listrik", NUMBER, "files"),
    "cadangan-batal": Word(
        "Nomor cadangan dinyatakan tidak dipakai", NUMBER, "ban", "nomor tidak dipakai"
    ),
    "usul-batal": Word("Pembatalan nomor diusulkan", NUMBER, "clipboard-check"),
    "usul-sisipan": Word("Nomor sisipan diusulkan", NUMBER, "clipboard-check"),
    "usul-buka-kembali": Word("Membuka kembali buku diusulkan", NUMBER, "clipboard-check"),
    "usul-darurat": Word("Tanda tangan darurat diminta", NUMBER, "clipboard-check"),
    "usul-setuju": Word("Usul disetujui", NUMBER, "clipboard-check"),
    "usul-tolak": Word("Usul ditolak", NUMBER, "circle-x"),
    "usul-tarik": Word("Usul ditarik", NUMBER, "undo-2"),
    "cetak-buku": Word("Lanjutan buku dicetak", BOOK, "printer"),
    "buku-buka": Word("Buku tahun dibuka", BOOK, "book-open"),
    "buku-tutup-hari": Word("Hari ditutup", BOOK, "lock"),
    "buku-tutup": Word("Buku ditutup", BOOK, "lock"),
    "buku-buka-kembali": Word("Buku dibuka kembali", BOOK, "book-open", "buku dibuka kembali"),
    "buku-halaman": Word("Halaman penutup disimpan", BOOK, "file-text"),
    "cetak-penutupan": Word("Halaman penutup dicetak", BOOK, "printer"),
    "periksa-tahun": Word("Daftar akhir tahun ditandai", BOOK, "clipboard-check"),
    "lihat": Word("Berkas dibuka untuk dilihat", LOOKED, "eye"),
    "buka-identitas": Word("Identitas pelapor dibuka", LOOKED, "eye", "identitas dibuka"),
    "data-orang": Word("Data satu orang dibuka", LOOKED, "eye", "data satu orang"),
    "data-orang-hapus": Word(
        "Data pemohon yang diingat dihapus", LOOKED, "trash-2", "data dihapus"
    ),
    "cetak": Word("Dicetak", OUT, "printer"),
    "ekspor": Word("Data dikeluarkan sebagai berkas", OUT, "download", "ekspor"),
    "penyiapan": Word("Kantor disiapkan", OFFICE, "landmark"),
    "profil-ubah": Word("Data kantor diubah", OFFICE, "landmark"),
    "pengguna-baru": Word("Pengguna ditambahkan", OFFICE, "users"),
    "pengguna-ubah": Word("Pengguna diubah", OFFICE, "users"),
    "pengguna-buka-kunci": Word("Akun yang terkunci dibuka", OFFICE, "key-round", "akun dibuka"),
    "sandi-ubah": Word("Sandi atau PIN diganti", OFFICE, "key-round"),
    "sandi-pulih": Word("Sandi Administrator dipulihkan", OFFICE, "key-round", "sandi dipulihkan"),
    "jabatan": Word("Masa jabatan dicatat", OFFICE, "stamp"),
    "jabatan-ubah": Word("Masa jabatan diubah", OFFICE, "stamp"),
    "jabatan-akhir": Word("Masa jabatan diakhiri", OFFICE, "stamp"),
    "pejabat-tunjuk": Word("Penunjukan pejabat dicatat", OFFICE, "stamp"),
    "pejabat-tunjuk-akhir": Word("Penunjukan pejabat diakhiri", OFFICE, "stamp"),
    "titip-tugas": Word("Tugas dititipkan", OFFICE, "users"),
    "tidak-di-tempat": Word("Pejabat tidak di tempat", OFFICE, "calendar"),
    "tidak-di-tempat-akhir": Word("Pejabat kembali di tempat", OFFICE, "calendar"),
    "layanan-ubah": Word("Pengaturan layanan diubah", OFFICE, "settings"),
    "kalender-ubah": Word("Kalender kerja diubah", OFFICE, "calendar"),
    "naskah-ubah": Word("Teks surat diubah", OFFICE, "file-text"),
    "naskah-bawaan": Word("Teks surat bawaan dipakai lagi", OFFICE, "file-text"),
    "setelan": Word("Setelan diubah", OFFICE, "settings"),
    "kunci-baru": Word("Kunci kantor dibuat", OFFICE, "key-round"),
    "kunci-pulih": Word("Kunci pemulihan dipakai", OFFICE, "key-round"),
    "jam-dibenarkan": Word("Jam komputer dinyatakan benar", DATA, "clock", "jam dibenarkan"),
    "pulihkan": Word("Data dipulihkan dari cadangan", DATA, "history", "pemulihan"),
    "uji-pulih": Word("Uji pulih cadangan", DATA, "history"),
    "periksa-data": Word("Data diperiksa", DATA, "clipboard-check"),
}

#: What an event tells beside its act that is unusual: key of its payload -> words.
MARKS: Mapping[str, str] = {
    "override": "darurat",
    "late": "entri susulan",
    "inserted": "nomor sisipan",
    "decided": "dicatat dari kertas",
}
OUTSIDE = "di luar jam kerja"
VOIDED = "nomor batal"
_UNKNOWN = Word("", OFFICE, "info")

#: What a proposal asks for, by the ``kind`` of its event.
_PROPOSALS = {
    "batal": "pembatalan nomor",
    "sisipan": "nomor sisipan",
    "buka-kembali": "membuka kembali buku",
    "darurat": "tanda tangan darurat",
}
#: Books that are no service's own, by code.
_BOOKS = {
    "umum": "Register Pelayanan",
    "surat-keluar": "Surat Keluar",
    "ekspedisi": "Ekspedisi",
    "berkas-dikembalikan": "Berkas Dikembalikan",
}
#: What leaves, by the ``what`` of its event.
_LEAVES = {
    "book": "Buku",
    "report": "Laporan bulanan",
    "history": "Riwayat berkas",
    "journal": "Jurnal kegiatan",
    "incident": "Lembar insiden data",
    "check": "Hasil pemeriksaan data",
    "letter": "Surat",
    "list": "Daftar permohonan",
    "backup": "Cadangan",
    "cadangan": "Cadangan",
}


def word_of(act: str) -> Word:
    """Give an act in words; an act that nobody knows stands for itself."""
    return WORDS.get(act) or Word(act, _UNKNOWN.kind, _UNKNOWN.glyph)


def moves(act: str) -> bool:
    """Tell whether an act belongs to a file's way from the counter to its end."""
    return word_of(act).kind == FILE


def marks_of(act: str, payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Give what is unusual about an event; nothing for a usual one."""
    found = [words for name, words in MARKS.items() if payload.get(name)]
    if payload.get("decided", {}).get("means") == "telepon":
        found[found.index(MARKS["decided"])] = "diputuskan lewat telepon"
    if act == Act.CANCEL and "agreed_by" in payload:
        found.append(VOIDED)
    if mark := word_of(act).mark:
        found.append(mark)
    if act == "periksa-data" and payload.get("findings"):
        found.append("ada temuan")
    if act == "uji-pulih" and payload.get("ok") is False:
        found.append("uji pulih gagal")
    return tuple(found)


def told(
    act: str,
    payload: Mapping[str, Any],
    zone: ZoneInfo,
    head: str = "",
    about: Sequence[str] = (),
    family: str = "",
) -> str:
    """Give the act with the particulars its event holds: which number, book, day, how often.

    ``head`` stands for the act's own words; ``about`` comes before the particulars; ``family`` is
    the service's, whose letter leads a queue number.
    """
    if not head:
        head = word_of(act).text
        if act in ("cetak", "ekspor"):
            head = _leaving(act, payload)
        elif act == Act.CANCEL and "agreed_by" in payload:
            head = "Nomor dinyatakan batal" + ("" if "line" in payload else f", {head.lower()}")
    more = (*about, _particulars(act, payload, zone), _numbers(payload, family), *_moot(payload))
    told_more = [part for part in more if part]
    return f"{head} ({'; '.join(told_more)})" if told_more else head


def _moot(payload: Mapping[str, Any]) -> list[str]:
    """Tell what was still asked for a file when it ended, and is asked no more."""
    return [
        f"usul {_PROPOSALS.get(one['kind'], one['kind'])}"
        f"{' yang sudah disetujui' if one['agreed'] else ''} gugur"
        for one in payload.get("moot") or ()
    ]


def _leaving(act: str, payload: Mapping[str, Any]) -> str:
    what = _LEAVES.get(str(payload.get("what", "")))
    if what is None and payload.get("kind"):
        what = "Surat"
    what = f"{what} {_book(payload)}".strip() if what == "Buku" else what or "Data"
    if payload.get("public"):
        what = f"Salinan untuk umum {what}"
    return f"{what} dicetak" if act == "cetak" else f"{what} dikeluarkan sebagai berkas"


def _particulars(act: str, payload: Mapping[str, Any], zone: ZoneInfo) -> str:
    match act:
        case "salinan":
            return f"salinan ke-{payload.get('copy', '?')}"
        case "ralat":
            return f"ralat ke-{payload.get('erratum', '?')}"
        case "surat" if payload.get("version", 1) != 1:
            return f"versi {payload['version']}"
        case "naskah-ubah" | "naskah-bawaan":
            return f"versi {payload.get('version', '?')}"
        case "jeda":
            return str(payload.get("kind", ""))
        case "lihat" | "buka-identitas" | "data-orang" | "ekspor" if payload.get("reason"):
            reason = REASONS.get(payload["reason"], "")
            return reason[:1].lower() + reason[1:] if payload["reason"] != "lain" else ""
        case "cetak" | "ekspor":
            return _of_output(payload)
        case "cetak-buku":
            return f"{_book(payload)} {payload.get('year', '')}, {_pages(payload)}".strip()
        case "usul-setuju" | "usul-tolak" | "usul-tarik":
            return _PROPOSALS.get(str(payload.get("kind", "")), "")
        case "periksa-tahun":
            return str(payload.get("year", ""))
        case "jam-dibenarkan":
            return f"{_moment(payload['before'], zone)} lalu {_moment(payload['now'], zone)}"
        case "pulihkan":
            return str(payload.get("set", ""))
        case "uji-pulih" if "ok" in payload:
            return "berhasil" if payload["ok"] else "gagal"
        case "setelan" if payload.get("what") == "cadangan":
            return "cadangan"
        case "lampiran" if payload.get("pages"):
            return f"{payload['pages']} halaman"
        case "periksa-data":
            found = payload.get("findings", 0)
            return f"{found} temuan" if found else "utuh"
        case "lampiran-retensi":
            return f"{len(payload.get('attachments', ()))} lampiran"
        case "profil-ubah" | "penyiapan":
            return ""
        case _ if act.startswith(("buku-", "cetak-penutupan")) and payload.get("period"):
            return _period(str(payload["period"]))
        case _ if "first" in payload and "last" in payload and "user" in payload:
            return _days(str(payload["first"]), str(payload["last"] or ""))
    return ""


def _book(payload: Mapping[str, Any]) -> str:
    """Name a book by its service; the office's other books as they are called."""
    code = str(payload.get("book", ""))
    return LINE_SERVICES[code].short if code in LINE_SERVICES else _BOOKS.get(code, code)


def _of_output(payload: Mapping[str, Any]) -> str:
    if payload.get("month"):
        return f"{MONTHS[payload['month'] - 1]} {payload.get('year', '')}"
    if payload.get("first_page"):
        return _pages(payload)
    if payload.get("from") and payload.get("to"):
        return _days(str(payload["from"]), str(payload["to"]))
    if payload.get("day"):
        return _days(str(payload["day"]), str(payload["day"]))
    return ""


def _pages(payload: Mapping[str, Any]) -> str:
    first, last = payload.get("first_page"), payload.get("last_page")
    return f"halaman {first}" if first == last else f"halaman {first}-{last}"


def _numbers(payload: Mapping[str, Any], family: str) -> str:
    """Give the numbers an event has spent, set aside or declared unused."""
    parts = []
    if one := payload.get("inserted"):
        number = agenda_display(one["number"], one["suffix"])
        parts.append(f"nomor sisipan {number}, {_series(one)}")
    if one := payload.get("number"):
        parts.append(_one_number(one, family))
    blocks = payload.get("blocks") or ([payload["block"]] if "block" in payload else [])
    for block in blocks:
        if isinstance(block, Mapping):
            parts.append(f"nomor {_span(block['first'], block['last'])}, {_series(block)}")
        elif isinstance(block, list):  # of a restore
            series, period, first, last = block
            lost = f"nomor {_span(first, last)}, {series_label(series)} {period}"
            parts.append(f"terpakai tetapi datanya hilang: {lost}")
    for series, period, base, suffix in payload.get("lost_inserted") or ():
        lost = f"nomor {agenda_display(base, suffix)}, {series_label(series)} {period}"
        parts.append(f"terpakai tetapi datanya hilang: {lost}")
    unused = payload.get("unused") or ()
    parts += [f"nomor {_agenda(one)}, {_series(one)}" for one in unused[:3]]
    if len(unused) > 3:
        parts.append(f"dan {len(unused) - 3} lagi")
    return "; ".join(parts)


def _one_number(one: Mapping[str, Any], family: str) -> str:
    """Give a number as the paper that bears it writes it."""
    number = one["number"]
    match one["series"]:
        case numbers.QUEUE:  # its period is the day of the event itself
            shown = queue_display(family, number) if family else str(number)
            return f"nomor antrian {shown}"
        case numbers.FILES:
            return f"kode berkas {file_code(int(one['period']), number)}"
        case numbers.MINUTES:
            return f"nomor Berita Acara {agenda_display(number)}, {one['period']}"
    return f"nomor {_agenda(one)}, {_series(one)}"


def _agenda(one: Mapping[str, Any]) -> str:
    """Give an agenda number; that of a nomor sisipan with its letter."""
    return agenda_display(one["number"], one.get("suffix", ""))


def _series(one: Mapping[str, Any]) -> str:
    return f"{series_label(one['series'])} {one['period']}"


def _span(first: int, last: int) -> str:
    return agenda_display(first) + (f" sampai {agenda_display(last)}" if last > first else "")


def _period(text: str) -> str:
    match text.split("-"):
        case [year]:
            return f"tahun {year}"
        case [year, month]:
            return f"{MONTHS[int(month) - 1]} {year}"
    return _days(text, text)


def _days(first: str, last: str) -> str:
    try:
        start = parse_date(first)
        if not last:
            return f"mulai {short_date(start)}"
        end = parse_date(last)
    except ValueError:
        return ""
    if start == end:
        return long_date(start)
    return f"{short_date(start)} sampai {short_date(end)}"


def _moment(text: str, zone: ZoneInfo) -> str:
    there = datetime.fromisoformat(text).astimezone(zone)
    return f"{there:%d-%m-%Y %H.%M}"
