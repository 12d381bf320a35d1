"""Every letter text: known facts only, and no hole where a value is missing."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pytest

from kecamatan_desk.documents.facts import field_facts, slug
from kecamatan_desk.documents.rendering import (
    Block,
    Copies,
    Identity,
    Paragraph,
    Parties,
    Table,
    Title,
    render,
)
from kecamatan_desk.documents.template import (
    Group,
    Line,
    Literal,
    Name,
    Node,
    Part,
    Section,
    TableNode,
    Template,
    Text,
    parse,
)
from kecamatan_desk.resources import resource
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Letter, Service, Signing

#: What every letter can name, whatever the service.
ALWAYS = {
    "kecamatan": "Sukamaju",
    "kabupaten": "Kabupaten Mekarjaya",
    "provinsi": "Jawa Makmur",
    "camat": "Camat Sukamaju",
    "penandatangan": "Camat Sukamaju",
    "tempat": "Sukamaju",
    "nomor": "100.3.11.2/004/WARIS/SKMJ/V/2026",
    "nomor-agenda": "004",
    "tanggal": "12 Mei 2026",
    "tanggal-hari": "Selasa",
    "tanggal-terbilang": "dua belas bulan Mei tahun dua ribu dua puluh enam",
    "ttl": "Mekarjaya, 23 Februari 1998",
    "umur": "28",
    "alamat-lengkap": "Dusun Krajan RT 003 RW 001, Desa Mekarsari",
    "kode-berkas": "26-000123-K",
    "petugas": "Sekar Ayuningrum",
    "jam": "09.14",
    "zona": "WIB",
}
SAMPLES = {
    FieldKind.TEXT: "Contoh",
    FieldKind.LONG_TEXT: "Contoh",
    FieldKind.DATE: "2026-05-12",
    FieldKind.TIME: "09:30",
    FieldKind.NUMBER: 2,
    FieldKind.MONEY: 900000,
    FieldKind.YES_NO: "ya",
    FieldKind.NIK: "9917041203810002",
    FieldKind.KK: "9917042206150007",
    FieldKind.PHONE: "081200000000",
    FieldKind.VILLAGE: "Mekarsari",
}
# What an empty value or a missing blank would leave behind in running text.
HOLE = re.compile(
    r"\wContoh|Contoh\w| [,.;:)]|\( |\( ?\)|,\s*[,.;]|[,(]$|  "
    r"|\b(tanggal|Nomor|pukul|di|karena|oleh|pada|untuk|Kepala Desa/Lurah|RT|RW"
    r"|Kecamatan|Desa/Kelurahan|Provinsi)(?=[,.;)]|$)"
    r"|\b(tanggal|Nomor|pukul|hari),? (tanggal|Nomor|pukul|di|serta|dan|yang|dengan)\b"
)
PAPERS = [(service, letter) for service in SERVICES.values() for letter in service.letters]
each_paper = pytest.mark.parametrize(
    ("service", "letter"), PAPERS, ids=[letter.template for _, letter in PAPERS]
)


def template_of(letter: Letter) -> Template:
    return parse(resource("letters", f"{letter.template}.txt").read_text(encoding="utf-8"))


def stored(field: Field, choice: str = "") -> object:
    if field.kind is FieldKind.ROWS:
        return [{column.code: stored(column) for column in field.columns}]
    if field.kind is FieldKind.CHOICE:
        return choice or field.choices[0]
    if field.kind is FieldKind.MULTI_CHOICE:
        return [choice or field.choices[0]]
    return SAMPLES[field.kind]


def fields_until(service: Service, letter: Letter) -> list[Field]:
    """Give the fields that can be filled in when the letter is drawn."""
    order = [step.code for step in service.steps]
    last = order.index(letter.step)
    return [f for s in service.sections if order.index(s.step) <= last for f in s.fields]


def least_values(service: Service, letter: Letter) -> dict[str, object]:
    fields = fields_until(service, letter)
    return {field.code: stored(field) for field in fields if field.required}


def variants(service: Service, letter: Letter) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield values: the least, everything, each optional field alone, each choice."""
    fields = fields_until(service, letter)
    least = least_values(service, letter)
    whole = {field.code: stored(field) for field in fields}
    yield "the least", least
    yield "everything", whole
    for field in fields:
        if not field.required:
            yield field.code, least | {field.code: stored(field)}
        for choice in field.choices:
            chosen = stored(field, choice)
            yield f"{field.code}={choice}", least | {field.code: chosen}
            yield f"{field.code}={choice}, rest whole", whole | {field.code: chosen}
    for field in fields:  # an empty cell in each column, too
        if field.kind is FieldKind.ROWS:
            yield f"{field.code} thin", whole | {field.code: [thin_row(field)]}


def thin_row(field: Field) -> dict[str, object]:
    required = [column for column in field.columns if column.required] or [field.columns[0]]
    return {column.code: stored(column) for column in required}


def facts_of(service: Service, values: Mapping[str, object]) -> dict[str, object]:
    return {**field_facts(service.fields, values), **ALWAYS}


def running_texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Identity():
                yield block.value
            case Table():
                yield from (cell for row in block.rows for cell in row)
            case Copies():
                yield from block.items
            case Parties():
                yield from (f"{caption} {name}" for caption, name in block.places)
            case _:
                yield block.text


# --- names


def names_in(nodes: Sequence[Node], inside: str = "") -> Iterator[tuple[str, str]]:
    """Yield (rows field or "", name) of every name, with the rows it stands in."""
    for node in nodes:
        match node:
            case Line():
                yield from ((inside, name) for name in names_of(node.words))
                yield from ((inside, name) for name in names_of(node.value))
            case Section():
                yield inside, node.name
                rows = node.name if node.name in ROWS and not node.inverted else inside
                yield from names_in(node.inner, rows)
            case Group():
                yield from names_in(node.inner, inside)
            case TableNode():
                yield inside, node.rows
                for cell in node.cells:
                    yield from ((node.rows, name) for name in names_of(cell))


def names_of(text: Text) -> Iterator[str]:
    for part in text:
        match part:
            case Name():
                yield part.name
            case Part():
                yield part.name
                yield from names_of(part.inner)
            case Literal():
                pass


ROWS = {f.code for s in SERVICES.values() for f in s.fields if f.kind is FieldKind.ROWS}


@each_paper
def test_a_text_names_only_facts_there_are(service: Service, letter: Letter) -> None:
    fields = fields_until(service, letter)
    known = {"": set(field_facts(fields, {})) | set(ALWAYS)}
    for field in fields:
        # a name that the row lacks would silently be the applicant's
        if field.kind is FieldKind.ROWS:
            known[field.code] = set(field_facts(field.columns, {})) | {"no"}

    wrong = [
        (rows, name)
        for rows, name in names_in(template_of(letter).nodes)
        if name not in known.get(rows, set())
    ]

    assert wrong == []


@each_paper
def test_tables_stand_for_rows_and_fit_the_paper(service: Service, letter: Letter) -> None:
    rows = {field.code for field in service.fields if field.kind is FieldKind.ROWS}
    for node in tables_in(template_of(letter).nodes):
        assert node.rows in rows
        assert sum(column.width for column in node.columns) <= 160
        assert len(node.columns) == len(node.cells)


def tables_in(nodes: Sequence[Node]) -> Iterator[TableNode]:
    for node in nodes:
        match node:
            case TableNode():
                yield node
            case Section() | Group():
                yield from tables_in(node.inner)


def test_no_two_choices_of_a_field_share_a_name() -> None:
    for service in SERVICES.values():
        for field in service.fields:
            for one in (field, *field.columns):
                slugs = [slug(choice) for choice in one.choices]

                assert len(slugs) == len(set(slugs)), (service.code, one.code)


# --- what comes out


@each_paper
def test_no_hole_is_printed_whatever_is_left_empty(service: Service, letter: Letter) -> None:
    template = template_of(letter)
    holes = []
    for what, values in variants(service, letter):
        for text in running_texts(render(template, facts_of(service, values))):
            if HOLE.search(text):
                holes.append((what, text))

    assert holes == []


@each_paper
def test_every_paragraph_is_a_whole_sentence(service: Service, letter: Letter) -> None:
    template = template_of(letter)
    for what, values in variants(service, letter):
        for block in render(template, facts_of(service, values)):
            if isinstance(block, Paragraph):
                assert block.text[-1] in ".:;,", (what, block.text)
                if block.indented:
                    assert block.text[0].isupper(), (what, block.text)


@each_paper
def test_the_title_is_in_capitals(service: Service, letter: Letter) -> None:
    blocks = render(template_of(letter), facts_of(service, least_values(service, letter)))
    titles = [block.text for block in blocks if isinstance(block, Title)]

    assert titles
    assert titles == [title.upper() for title in titles]


@each_paper
def test_the_letter_says_in_bold_whom_it_is_about(service: Service, letter: Letter) -> None:
    name = "SITI MA'RIFAH & {{nik}} <b>|"
    values = least_values(service, letter)
    values |= {code: name for code in values if code == "nama" or code.endswith("-nama")}
    blocks = render(template_of(letter), facts_of(service, values))
    bold = [block.value for block in blocks if isinstance(block, Identity) and block.bold]

    if letter.signing is Signing.PARTIES:  # parties are items of a sentence
        bold = list(running_texts(blocks))
    assert any(name in value for value in bold)


@each_paper
def test_papers_end_in_places_to_sign_or_in_a_sentence(service: Service, letter: Letter) -> None:
    blocks = render(template_of(letter), facts_of(service, least_values(service, letter)))
    by_parties = letter.signing in {Signing.PARTIES, Signing.OPERATOR}
    last = [block for block in blocks if not isinstance(block, Copies)][-1]

    assert isinstance(last, Parties if by_parties else Paragraph)
