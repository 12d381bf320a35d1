"""Every act of the program has words; what a file's history tells, and what it does not."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import kecamatan_desk
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.agreements import KINDS as PROPOSALS
from kecamatan_desk.usecases.closed_books import CLOSED, CLOSED_DAY, REOPENED
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.event_words import KINDS, WORDS, marks_of, told
from kecamatan_desk.usecases.history_values import HistoryLine
from kecamatan_desk.usecases.processing import correct
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Act
from tests import rules
from tests.builders import DeskOf, checked, handed_over, op, registered, seen, taken_in, voided

_SOURCE = Path(kecamatan_desk.__file__).parent
#: The functions that write an event, and where their act stands among their arguments.
_WRITERS = {"close_event": 2, "record_output": 2, "announce_user": 2, "announce_profile": 2}
_WRITERS |= {"_announce_acting": 2, "_announce_absence": 2, "_announce": 2, "write_event": 2}


def _calls() -> Iterator[tuple[ModuleType, ast.Call, str]]:
    for path in sorted((_SOURCE / "usecases").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = ".".join(("kecamatan_desk", *path.relative_to(_SOURCE).with_suffix("").parts))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                word = getattr(called, "attr", getattr(called, "id", ""))
                if word in (*_WRITERS, "close"):
                    yield importlib.import_module(name), node, word


def _act_of(call: ast.Call, word: str) -> ast.expr | None:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if word == "close":
        return named.get("act")
    place = _WRITERS[word]
    return call.args[place] if len(call.args) > place else named.get("act")


def _acts(module: ModuleType, node: ast.expr) -> set[str]:
    """Give the acts an expression stands for; nothing for a parameter, whose callers are read."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _acts(module, node.body) | _acts(module, node.orelse)
        case ast.Name(id=name):
            value = getattr(module, name, None)
            return {str(value)} if isinstance(value, str) else set()
        case ast.Attribute():
            value: Any = eval(ast.unparse(node), vars(module)) if _is_known(module, node) else ""  # noqa: S307
            return {str(value)} if isinstance(value, str) and value else set()
        case ast.BinOp():
            return {f"usul-{kind}" for kind in PROPOSALS}
        case ast.JoinedStr():
            return {f"buku-{kind}" for kind in (CLOSED, CLOSED_DAY, REOPENED, "buka", "halaman")}
    return set()


def _is_known(module: ModuleType, node: ast.Attribute) -> bool:
    root = ast.unparse(node).partition(".")[0]
    return hasattr(module, root) and root != "deed"


def test_no_act_of_the_program_lacks_words() -> None:
    found: dict[str, str] = {}
    for module, call, word in _calls():
        node = _act_of(call, word)
        if node is not None:
            found |= dict.fromkeys(_acts(module, node), f"{module.__name__}:{call.lineno}")

    assert len(found) > 45  # else the source is read no more
    assert {"pulihkan", "usul-darurat", "buku-tutup", "sandi-ubah", "ekspor"} <= set(found)
    assert {act: where for act, where in found.items() if act not in WORDS} == {}
    assert {act.value for act in Act} <= set(WORDS)


def test_words_are_the_offices_and_each_once() -> None:
    texts = [word.text for word in WORDS.values()]
    assert sorted(set(texts)) == sorted(texts)
    assert {word.kind for word in WORDS.values()} == set(KINDS)
    for act, word in WORDS.items():
        assert word.text[0].isupper(), act
        assert word.text != act
        assert (resource("icons") / f"{word.glyph}.svg").is_file(), act


def test_an_act_without_words_is_noticed_wherever_it_is_written(desk_of: DeskOf) -> None:
    def write(work: Any) -> None:
        work.close_event(work.link(), op(), "baru-sekali", Role.ADMIN)

    desk_of(Role.ADMIN).call(write)

    assert Link.close is rules.named_close
    (said,) = rules.broken
    assert "'baru-sekali'" in said
    rules.broken.clear()


def history(desk: Desk, receipt: Receipt) -> tuple[HistoryLine, ...]:
    return desk.ask(request_view, receipt.request_id).history


def test_a_correction_tells_each_field_as_it_was_and_is_with_numbers_masked(
    desk_of: DeskOf,
) -> None:
    request = checked(desk_of)
    values = {"nik": "9901015404910009", "nama": "Siti Aminah", "pengantar-tanggal": "2026-05-10"}
    receipt = desk_of(Role.REGISTER).call(correct, op(), seen(request), values, "Salah ketik")

    line = history(desk_of(Role.REGISTER), receipt)[-1]

    assert (line.what, line.note) == ("Data diperbaiki", "Salah ketik")
    assert line.moves
    told_of = {change.label: (change.before, change.after) for change in line.changes}
    assert told_of["NIK"] == ("9901••••••••0001", "9901••••••••0009")
    assert ("Raden Roro Kusumawardhani", "Siti Aminah") in told_of.values()
    assert ("11-05-2026", "10-05-2026") in told_of.values()


def test_the_history_of_a_whole_way_tells_steps_apart_from_what_was_beside(
    desk_of: DeskOf,
) -> None:
    receipt = handed_over(desk_of)

    lines = history(desk_of(Role.PELAYANAN), receipt)

    beside = [line.what for line in lines if not line.moves]
    assert beside == ["Surat dibuat"]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert any("nomor 001, SKTM 2026" in line.what for line in lines)
    assert all(line.marks == () for line in lines)


def test_a_voided_number_and_who_agreed_stand_out(desk_of: DeskOf) -> None:
    receipt = voided(desk_of, reason="Salah nama")

    line = history(desk_of(Role.REGISTER), receipt)[-1]

    assert line.marks == ("nomor batal",)
    assert "diusulkan Dewi Anggraini, disetujui Hendra Gunawan, S.Sos. (Kasi)" in line.role
    assert "Salah nama" in line.note


@pytest.mark.parametrize(
    ("act", "payload", "words", "marks"),
    [
        ("salinan", {"copy": 2}, "Salinan surat dibuat (salinan ke-2)", ()),
        ("buku-tutup", {"period": "2026-05"}, "Buku ditutup (Mei 2026)", ()),
        ("buku-tutup-hari", {"period": "2026-05-12"}, "Hari ditutup (12 Mei 2026)", ()),
        ("jeda", {"kind": "Listrik padam"}, "Jeda dimulai (Listrik padam)", ()),
        ("cetak", {"what": "book", "book": "sktm", "from": "2026-05-01", "to": "2026-05-31"},
         "Buku SKTM dicetak (01-05-2026 sampai 31-05-2026)", ()),
        ("ekspor", {"what": "report", "year": 2026, "month": 5},
         "Laporan bulanan dikeluarkan sebagai berkas (Mei 2026)",
         ("ekspor",)),
        ("batal", {}, "Permohonan dibatalkan", ()),
        ("batal", {"agreed_by": 4}, "Nomor dinyatakan batal, permohonan dibatalkan",
         ("nomor batal",)),
        ("batal", {"agreed_by": 4, "line": 7}, "Nomor dinyatakan batal", ("nomor batal",)),
        ("lanjut", {"override": {"agreed_by": 3}}, "Langkah selesai", ("darurat",)),
        ("lanjut", {"decided": {"means": "telepon"}}, "Langkah selesai",
         ("diputuskan lewat telepon",)),
        ("nomor-cadangan",
         {"blocks": [{"series": "sktm", "period": "2026", "first": 7, "last": 11}]},
         "Nomor disisihkan untuk padam listrik (nomor 007 sampai 011, SKTM 2026)", ()),
        ("pulihkan", {"set": "2026-05-11", "blocks": [["sktm", "2026", 3, 4]]},
         "Data dipulihkan dari cadangan (2026-05-11; terpakai tetapi datanya hilang: nomor 003 "
         "sampai 004, SKTM 2026)", ("pemulihan",)),
        ("cetak-buku", {"book": "umum", "year": 2026, "first_page": 3, "last_page": 4},
         "Lanjutan buku dicetak (Register Pelayanan 2026, halaman 3-4)", ()),
        ("ekspor", {"what": "book", "book": "umum", "year": 2026, "month": 5, "public": True},
         "Salinan untuk umum Buku Register Pelayanan dikeluarkan sebagai berkas (Mei 2026)",
         ("ekspor",)),
        ("usul-setuju", {"kind": "sisipan"}, "Usul disetujui (nomor sisipan)", ()),
        ("uji-pulih", {"ok": False}, "Uji pulih cadangan (gagal)", ("uji pulih gagal",)),
        ("lanjut", {"number": {"series": "antrian", "period": "2026-05-12", "number": 7}},
         "Langkah selesai (nomor antrian 7)", ()),
        ("lanjut", {"number": {"series": "berita-acara", "period": "2026", "number": 7}},
         "Langkah selesai (nomor Berita Acara 007, 2026)", ()),
        ("tidak-dikenal", {}, "tidak-dikenal", ()),
    ],
)  # fmt: skip
def test_particulars_and_marks_come_from_what_the_event_holds(
    act: str, payload: dict[str, Any], words: str, marks: tuple[str, ...], admin_desk: Desk
) -> None:
    zone = admin_desk.ask(lambda work: work.zone)
    assert told(act, payload, zone) == words
    assert marks_of(act, payload) == marks


def test_drafts_and_registered_files_have_no_code_among_their_words(desk_of: DeskOf) -> None:
    for receipt in (taken_in(desk_of), registered(desk_of)):
        for line in history(desk_of(Role.PELAYANAN), receipt):
            assert line.what.partition(" (")[0] not in WORDS
            assert line.glyph
