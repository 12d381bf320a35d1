"""What the office keeps of itself, drawn for a cast: key sheet, power cuts, history, check."""

from kecamatan_desk.documents.history_sheet import ListSheet, draw_list
from kecamatan_desk.documents.incident_sheet import IncidentSheet, draw_incident
from kecamatan_desk.documents.recovery_sheet import RecoverySheet, draw_recovery_sheet
from kecamatan_desk.documents.reserve_sheets import (
    ReserveLine,
    ReservePart,
    ReserveValues,
    draw_reserve_sheets,
)
from tests.documents.paper_cast import Cast

_SECRET = "AGE-SECRET-KEY-1" + ("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2)[:58]  # opens nothing
_PRINTED = "Dicetak 12-05-2026 09.14 WIB."


def recovery_sheet(cast: Cast) -> bytes:
    """Lembar kunci pemulihan, for its two keepers."""
    made = "30 September 2026" if cast.longest else "12 Mei 2026"
    return draw_recovery_sheet(RecoverySheet(cast.head, _SECRET, "A1B2 C3D4", made, _PRINTED))


def history(cast: Cast) -> bytes:
    """Riwayat berkas: everything that happened to one request."""
    deeds = (
        "Berkas diterima dan dicatat",
        f"Dikembalikan kepada pemohon. Alasan atau catatan: {cast.words}",
        f"Data diperbaiki. Nama dari “Siti Rahmawti” menjadi “{cast.person}”; Alamat dari “-” "
        f"menjadi “{cast.address}”",
        "Nomor agenda 012 diberikan [dititipkan, dicatat susulan]",
    )
    rows = tuple(
        (f"{n // 24 + 12}-05-2026 {n % 24:02d}.14", deeds[n % 4], f"{cast.officer}, Register")
        for n in range(90 if cast.longest else 8)
    )
    number = cast.number.format(n=12, paper="SKTM")
    return draw_list(
        ListSheet(
            cast.head,
            "Riwayat Berkas",
            "Kode berkas 26-000123-K",
            (("Layanan", cast.service), ("Pemohon", cast.person, True), ("Nomor surat", number)),
            (("Waktu", 20), ("Kejadian", 98), ("Oleh", 57)),
            rows,
            _PRINTED,
            signing="Diperiksa oleh",
        )
    )


def check(cast: Cast) -> bytes:
    """Hasil pemeriksaan data: nothing found, or much of it."""
    finding = (
        "Baris register berubah sesudah ditulis (berat)",
        f"{cast.words} Berhentilah memberi nomor dan hubungi teknisi.",
        "; ".join(f"register_line {n}: {'a1b2c3d4' * 8}" for n in range(12)),
    )
    return draw_list(
        ListSheet(
            cast.head,
            "Hasil Pemeriksaan Data",
            "Ada temuan" if cast.longest else "Data utuh",
            (("Diperiksa", "Selasa, 12 Mei 2026, 09.14 WIB"), ("Oleh", cast.officer)),
            (("Temuan", 40), ("Artinya dan yang harus dilakukan", 85), ("Rincian teknis", 50)),
            (finding,) * 7 if cast.longest else (),
            _PRINTED,
            words="Semua yang diperiksa masih seperti saat ditulis.",
            nothing="Tidak ada temuan.",
            notes=(
                "Yang diperiksa: 1.234 kejadian, 487 baris register, 512 surat.",
                f"Tidak termasuk: {cast.words}.",
            ),
            signing="Diperiksa oleh",
        )
    )


def incident(cast: Cast) -> bytes:
    """Lembar insiden data: what is known of a breach, and room for the pen."""
    deeds = ("Data satu orang dilihat", "Buku register dikeluarkan", "Berkas dibuka")
    uses = tuple(
        (deeds[n % 3], cast.officer, "1.234", "12-05-2026 08.15")
        for n in range(40 if cast.longest else 3)
    )
    return draw_incident(
        IncidentSheet(
            head=cast.head,
            facts=(
                ("Insiden diketahui", "Selasa, 12 Mei 2026 pukul 09.14 WIB"),
                ("Lembar ini disusun oleh", f"{cast.officer} (Administrator)"),
                ("Batas pemberitahuan", "Jumat, 15 Mei 2026 pukul 09.14 WIB (3 x 24 jam)", True),
                ("Ringkasnya apa yang terjadi", "." * 78),
            ),
            held=(("Orang (NIK berbeda)", "1.234, dalam 2.345 berkas"),),
            period="5 Mei 2026 sampai 12 Mei 2026",
            uses=uses,
            state=(("Cadangan di komputer ini", "12-05-2026 08.00 WIB"),),
            printed=_PRINTED,
        )
    )


def reserve_sheets(cast: Cast) -> bytes:
    """Lembar padam listrik: lines of two series and their queue slips."""
    many = cast.longest
    names = (cast.service, "Semua surat") if many else ("SKTM", "KTP")
    parts = tuple(
        ReservePart(name, tuple(_line(cast, n) for n in range(12, 12 + count)))
        for name, count in zip(names, (24, 3) if many else (6, 3), strict=True)
    )
    count = sum(len(part.lines) for part in parts)
    day = "30 September 2026" if many else "12 Mei 2026"
    queue = tuple(f"P-{n:02d}" for n in range(1, count + 1))
    return draw_reserve_sheets(ReserveValues(cast.head, day, parts, queue, _PRINTED))


def _line(cast: Cast, n: int) -> ReserveLine:
    return ReserveLine(f"{n:03d}", cast.number.format(n=n, paper="SKTM"))
