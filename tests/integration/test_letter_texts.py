"""The office's own letter texts: checked, kept in versions, used by the next letter."""

import json
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from kecamatan_desk.documents import letters
from kecamatan_desk.documents.known_facts import known_facts
from kecamatan_desk.documents.letter_check import MOST_CHARACTERS
from kecamatan_desk.documents.profiles import Layout
from kecamatan_desk.documents.values import LetterValues
from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord
from kecamatan_desk.usecases.accounts import save_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.jobs import document_bytes
from kecamatan_desk.usecases.letter_texts import (
    LetterTextRow,
    found,
    program_text,
    restore_program_text,
    save_text,
    store_text,
    text_hash,
    text_of,
    texts,
    versions,
)
from kecamatan_desk.usecases.letter_trial import check_text, preview
from kecamatan_desk.usecases.papers import letter_job
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.sample_people import LONGEST_ADDRESS, LONGEST_NAME, Person
from kecamatan_desk.usecases.values import DocumentRef
from kecamatan_desk.usecases.views import documents_of
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service
from tests.builders import DeskOf, SettableClock, op, registered
from tests.walking import brought_to

PROGRAM = program_text("sktm")
CLOSING = "Demikian surat rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya."
OURS = PROGRAM.replace(CLOSING, "Surat ini dibuat menurut naskah kantor kami.")
PAPERS = [(service, letter) for service in SERVICES.values() for letter in service.letters]
each_paper = pytest.mark.parametrize(
    ("service", "letter"), PAPERS, ids=[letter.template for _, letter in PAPERS]
)


def saved(desk: Desk, body: str = OURS, note: str = "", kind: str = "sktm") -> int:
    return desk.call(save_text, op(), kind, body, note)


def in_force(desk: Desk, kind: str = "sktm") -> str:
    return desk.ask(text_of, kind)


def row_of(desk: Desk, kind: str = "sktm") -> LetterTextRow:
    return next(row for row in desk.ask(texts) if row.kind == kind)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [" ".join(text.replace("\u00a0", " ").split()) for text in found]


def squeezed(text: str) -> str:
    """Give a text without any space, to find words whatever the line breaks."""
    return "".join(text.split())


def letter_of(desk_of: DeskOf, request_id: int) -> tuple[DocumentRef, str]:
    desk = desk_of(Role.PELAYANAN)
    (ref,) = desk.ask(documents_of, request_id)
    return ref, squeezed("".join(pages(document_bytes(desk, ref.id))))


# --- what is in force


def test_an_office_begins_with_the_texts_of_the_program(admin_desk: Desk) -> None:
    rows = admin_desk.ask(texts)

    assert [row.kind for row in rows] == [letter.template for _, letter in PAPERS]
    assert {(row.version, row.own, row.changed_by, row.changed_at) for row in rows} == {
        (0, False, "", None)
    }
    assert [in_force(admin_desk, row.kind) for row in rows] == [
        program_text(row.kind) for row in rows
    ]


def test_a_saved_text_is_the_next_version_and_stands_in_the_list(
    admin_desk: Desk, clock: SettableClock
) -> None:
    assert saved(admin_desk, note="Kalimat penutup") == 1

    row = row_of(admin_desk)
    assert (row.version, row.own, row.changed_by) == (1, True, "Putri Handayani")
    assert row.changed_at == clock.now
    assert in_force(admin_desk) == OURS
    assert in_force(admin_desk, "skck") == program_text("skck")


def test_versions_are_kept_with_who_when_and_why(admin_desk: Desk, clock: SettableClock) -> None:
    saved(admin_desk, note="Kalimat penutup")
    clock.advance(days=1)
    again = OURS.replace("naskah kantor kami", "naskah kantor kami yang baru")
    saved(admin_desk, again, "Lebih jelas")

    newest, first, program = admin_desk.ask(versions, "sktm")
    assert [v.version for v in (newest, first, program)] == [2, 1, 0]
    assert [v.in_force for v in (newest, first, program)] == [True, False, False]
    assert [v.body for v in (newest, first, program)] == [again, OURS, PROGRAM]
    assert (newest.note, first.note) == ("Lebih jelas", "Kalimat penutup")
    assert newest.changed_at == clock.now != first.changed_at
    assert [v.sha256 for v in (newest, first)] == [text_hash(again), text_hash(OURS)]
    assert (newest.own, program.own) == (True, False)


def test_the_program_s_own_text_can_be_taken_back(admin_desk: Desk) -> None:
    saved(admin_desk)

    assert admin_desk.call(restore_program_text, op(), "sktm", "Kembali") == 2
    assert in_force(admin_desk) == PROGRAM
    assert (row_of(admin_desk).version, row_of(admin_desk).own) == (2, False)
    with pytest.raises(InputError, match="sudah memakai naskah bawaan"):
        admin_desk.call(restore_program_text, op(), "sktm", "")
    assert saved(admin_desk) == 3  # an earlier text may be used again


def test_blanks_at_line_ends_and_the_kind_of_line_break_make_no_version(admin_desk: Desk) -> None:
    typed = PROGRAM.replace("\n", "  \r\n") + "\n\n"

    with pytest.raises(InputError, match="sama dengan yang sedang dipakai"):
        saved(admin_desk, typed)


# --- who, how often, and what is left behind


def test_only_the_administrator_sees_and_changes_texts(desk_of: DeskOf) -> None:
    for role in STAFF:
        if role is Role.ADMIN:
            continue
        desk = desk_of(role)
        for usecase, args in (
            (texts, ()),
            (versions, ("sktm",)),
            (save_text, (op(), "sktm", OURS, "")),
            (restore_program_text, (op(), "sktm", "")),
        ):
            with pytest.raises(NotAllowedError):
                desk.call(usecase, *args)
        assert desk.ask(text_of, "sktm") == PROGRAM  # every officer's letters are drawn from it


def test_a_double_click_saves_once(admin_desk: Desk) -> None:
    op_id = op()

    assert admin_desk.call(save_text, op_id, "sktm", OURS, "") == 1
    assert admin_desk.call(save_text, op_id, "sktm", OURS, "") == 1
    assert len(admin_desk.ask(versions, "sktm")) == 2


def test_who_has_not_seen_the_newest_version_does_not_overwrite_it(admin_desk: Desk) -> None:
    saved(admin_desk)
    other = OURS.replace("kantor kami", "lain")

    with pytest.raises(StaleError, match="versi 1"):
        admin_desk.call(save_text, op(), "sktm", other, "", 0)
    with pytest.raises(StaleError, match="versi 1"):
        admin_desk.call(restore_program_text, op(), "sktm", "", 0)
    assert admin_desk.call(save_text, op(), "sktm", other, "", 1) == 2


def test_a_paper_there_is_not_is_refused(admin_desk: Desk) -> None:
    with pytest.raises(RuleError, match="Tidak ada surat"):
        saved(admin_desk, kind="surat-cinta")


def test_each_version_stands_in_the_chain(admin_desk: Desk, place: Place) -> None:
    saved(admin_desk)
    admin_desk.call(restore_program_text, op(), "sktm", "")

    def payloads(work: UnitOfWork) -> list[tuple[str, dict[str, Any]]]:
        events = work.session.scalars(select(EventRecord).order_by(EventRecord.seq))
        return [(e.act, json.loads(e.payload)) for e in events if e.act.startswith("naskah")]

    (changed, first), (restored, second) = admin_desk.ask(payloads)
    assert (changed, restored) == ("naskah-ubah", "naskah-bawaan")
    assert (first["version"], first["sha256"]) == (1, text_hash(OURS))
    assert (second["version"], second["sha256"]) == (2, text_hash(PROGRAM))
    assert any(name.startswith("letter_text:") for name in first["rows"])
    assert check_place(place).ok


def test_a_refused_text_leaves_nothing(admin_desk: Desk) -> None:
    with pytest.raises(InputError):
        store_text(admin_desk, op(), "sktm", OURS + "{{#nik}}", "")
    with pytest.raises(InputError):
        saved(admin_desk, OURS + "{{#nik}}")
    with pytest.raises(InputError, match="Catatan perubahan terlalu panjang"):
        saved(admin_desk, OURS, "x" * 201)

    assert [v.version for v in admin_desk.ask(versions, "sktm")] == [0]


# --- letters


def test_the_next_letter_is_drawn_from_the_newest_text(admin_desk: Desk, desk_of: DeskOf) -> None:
    first = registered(desk_of).request_id
    before, old = letter_of(desk_of, first)
    store_text(admin_desk, op(), "sktm", OURS, "")
    _, new = letter_of(desk_of, registered(desk_of, nama="Iis Komariah").request_id)

    assert squeezed(CLOSING) in old
    assert squeezed("Surat ini dibuat menurut naskah kantor kami.") in new
    assert squeezed(CLOSING) not in new
    assert letter_of(desk_of, first) == (before, old)  # drawn before: stays as it is


def test_a_document_finds_its_text(admin_desk: Desk, desk_of: DeskOf) -> None:
    registered(desk_of)
    saved(admin_desk)
    registered(desk_of, nama="Iis Komariah")
    registered(desk_of, nama="Ujang Sutisna")

    newest, program = admin_desk.ask(versions, "sktm")
    assert (newest.letters, program.letters) == (2, 1)

    def kept(work: UnitOfWork) -> list[str]:
        return list(work.session.scalars(select(DocumentRecord.template_sha256)))

    assert admin_desk.ask(kept) == [program.sha256, newest.sha256, newest.sha256]


# --- what is refused, with its line


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        (PROGRAM + "{{#nik}}\n> teks", 30, "tidak ditutup"),
        (PROGRAM.replace("{{nik}}", "{{nik}", 1), 8, "kurawal"),
        (PROGRAM.replace("{{nik}}", "{nik}", 1), 8, "hanya satu"),
        (PROGRAM.replace("- NIK | {{nik}}", "- NIK {{nik}}", 1), 8, "Label | nilai"),
        (PROGRAM.replace("{{nik}}", "{{nikk}}", 1), 8, "Yang mirip: {{nik}}"),
        (PROGRAM.replace("{{nik}}", "{{orang-hubungn}}", 1), 8, "{{orang-hubungan}}"),
        (PROGRAM.replace("{{agama}}", "{{agama-is-islam}}", 1), 12, "hanya syarat"),
        (PROGRAM.replace("{{agama}}", "{{keluarga}}", 1), 12, "[tabel keluarga]"),
        (PROGRAM + "[tabel keluarga]\nNo.=9 | Nama=60\n{{no}}\n[/tabel]", 32, "1 sel"),
        (PROGRAM + "[tabel keluarga]\nNama=60\n{{namaa}}\n[/tabel]", 32, "{{nama}}"),
        (PROGRAM + "[tabel keluarga]\nX=60\n{{pekerjaan}}\n[/tabel]", 32, "bukan kolom"),
        (PROGRAM + "[tabel nama]\nX=60\n{{nama}}\n[/tabel]", 30, "Yang berbaris: keluarga"),
        (PROGRAM.replace("= KETERANGAN", "= KETE\u202eRANGAN"), 3, "U+202E"),
        (PROGRAM.replace("= KETERANGAN", "= KETE\x07RANGAN"), 3, "U+0007"),
        (PROGRAM.replace("= KETERANGAN", "= 漢字"), 3, "漢字"),
        ("= J\n" + "> teks\n" * 3000, 2858, "terlalu panjang"),
        ("> Hanya kalimat.\n", 1, "belum berjudul"),
        ("= JUDUL\n{{#nik}}\n> kalimat\n{{/nik}}\n", 4, "belum memuat kalimat"),
        ("", 1, "belum berjudul"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_line(
    admin_desk: Desk, broken: str, line: int, words: str
) -> None:
    with pytest.raises(InputError) as refused:
        saved(admin_desk, broken)

    assert words in str(refused.value)
    assert str(refused.value).startswith(f"Naskah baris {line}: ")
    assert refused.value.field == f"baris-{line}"
    shown = preview(admin_desk, "sktm", broken, Person.ORDINARY)
    assert shown.problem is not None
    assert (shown.problem.line, shown.pdf) == (line, b"")


def test_the_applicant_s_name_does_not_stand_in_for_a_row_s(admin_desk: Desk) -> None:
    text = program_text("pengaduan").replace("# {{isi}}", "# {{isi}} {{nama}}")

    with pytest.raises(InputError, match="bukan kolom “Butir kesepakatan”"):
        saved(admin_desk, text, kind="pengaduan")


def test_a_text_of_twenty_thousand_characters_is_the_longest(admin_desk: Desk) -> None:
    room = MOST_CHARACTERS - len(PROGRAM)
    longest = PROGRAM + "a " * (room // 2 - 1) + "a"
    longest += "a" * (MOST_CHARACTERS - 1 - len(longest))

    assert saved(admin_desk, longest) == 1
    with pytest.raises(InputError, match="terlalu panjang"):
        saved(admin_desk, longest + "a")


def test_a_table_that_would_lose_words_of_the_longest_person_is_refused(admin_desk: Desk) -> None:
    rows = "[tabel ahli-waris]\nA=7 | B=150\n{} | {{{{nama}}}}\n[/tabel]\n"
    narrow = rows.format("{{alamat}} {{alamat}} {{keterangan}} {{keterangan}}")

    with pytest.raises(InputError, match="melewati tepi kertas") as refused:
        saved(admin_desk, program_text("ahli-waris") + narrow, kind="ahli-waris")
    assert refused.value.field == "baris-27"


# --- the program's own texts, and the sample people


@each_paper
def test_the_program_s_own_texts_pass_the_same_checks(service: Service, letter: Letter) -> None:
    text = program_text(letter.template)

    assert check_text(letter.template, text) == text


@each_paper
def test_real_letters_have_every_name_a_text_may_use(
    desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch, service: Service, letter: Letter
) -> None:
    request_id = brought_to(desk_of, service.code, "").request_id

    def names(work: UnitOfWork) -> set[str]:
        request = work.session.get_one(RequestRecord, request_id)
        return set(letter_job(work, request, service, letter, 1, Layout()).facts)

    real = desk_of(Role.PELAYANAN).ask(names)
    draw, drawn = letters.draw_letter, list[LetterValues]()

    def watched(values: LetterValues) -> bytes:
        drawn.append(values)
        return draw(values)

    monkeypatch.setattr(letters, "draw_letter", watched)
    text = program_text(letter.template)
    assert preview(desk_of(Role.ADMIN), letter.template, text, Person.LONGEST).problem is None

    assert {fact.name for fact in known_facts(service, letter)} <= real
    assert set(drawn[0].facts) == real  # the sample people lack nothing, and have nothing more


@pytest.mark.parametrize("person", Person)
def test_a_preview_is_the_letter_of_an_invented_person_and_says_so(
    admin_desk: Desk, person: Person
) -> None:
    shown = preview(admin_desk, "ahli-waris", program_text("ahli-waris"), person)

    assert shown.problem is None
    text = "".join(pages(shown.pdf))
    assert shown.pages == len(pages(shown.pdf))
    assert text.count("CONTOH \u2013 BUKAN SURAT") == shown.pages
    assert "LATIHAN" not in text
    assert "KECAMATAN SUKAMAJU" in text
    assert "Drs. Agus Santoso, M.AP." in text
    if person is Person.LONGEST:
        assert squeezed(LONGEST_NAME) in squeezed(text)
        assert squeezed(LONGEST_ADDRESS) in squeezed(text)
        assert "20 (dua puluh) orang" in text
        assert shown.pages > 1


def test_nothing_is_drawn_while_a_transaction_is_open(
    admin_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counter must not wait for a letter that is only looked at or checked."""
    other = program_text("skck").replace("Demikian", "Dengan demikian")
    check_text("skck", other)
    ours = OURS.replace("kantor kami", "kantor kami sendiri")
    draw, drawn = letters.draw_letter, list[LetterValues]()

    def watched(values: LetterValues) -> bytes:
        if not drawn:  # would be refused while somebody else writes
            saved(admin_desk, other, kind="skck")
        drawn.append(values)
        return draw(values)

    monkeypatch.setattr(letters, "draw_letter", watched)
    store_text(admin_desk, op(), "sktm", ours, "")
    checked = len(drawn)

    assert checked > 0
    assert (row_of(admin_desk, "skck").version, row_of(admin_desk).version) == (1, 1)
    assert check_text("sktm", ours) == ours
    assert len(drawn) == checked  # found good once: not drawn again inside the command
    drawn.clear()
    admin_desk.call(restore_program_text, op(), "skck", "")
    preview(admin_desk, "sktm", ours, Person.ORDINARY)
    assert len(drawn) == 1


def test_an_office_without_officials_sees_its_letters_too(admin_desk: Desk) -> None:
    camat = next(user for user in admin_desk.ask(users) if Role.CAMAT in user.roles)
    admin_desk.call(
        save_user, op(), UserInput(camat.id, camat.username, camat.name, (Role.PELAYANAN,))
    )
    shown = preview(admin_desk, "belum-menikah", program_text("belum-menikah"), Person.ORDINARY)

    assert shown.problem is None
    assert "(nama pejabat)" in "".join(pages(shown.pdf))


def test_papers_are_found_by_any_words_of_theirs(admin_desk: Desk) -> None:
    rows = admin_desk.ask(texts)

    assert [row.kind for row in found(rows, "tidak mampu")] == ["sktm"]
    assert [row.kind for row in found(rows, "miskin")] == ["sktm"]
    assert found(rows, "") == rows
    assert found(rows, "xyz") == ()
