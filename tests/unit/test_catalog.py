"""Every SOP in the catalog, present and future, passes these."""

import ast
import re
from pathlib import Path

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.resources import resource
from kecamatan_desk.workflows import catalog
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import way_back
from kecamatan_desk.workflows.vocabulary import (
    Condition,
    Family,
    Field,
    FieldKind,
    Need,
    Service,
    Signing,
    Takes,
)

FILES = sorted(Path(catalog.__file__).parent.glob("[!_]*.py"))
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# code, label on screen, family, minutes per step: the office's own list
TABLE = (
    ("perekaman-ktp", "Perekaman e-KTP", "A", "0 1 5 2 2 5 0"),
    ("ktp", "Rekomendasi Kartu Tanda Penduduk (KTP)", "A", "0 2 5 2 5 1 0"),
    ("perubahan-kk", "Rekomendasi Perubahan Kartu Keluarga (KK)", "A", "0 2 5 2 5 1 0"),
    ("penduduk-datang", "Rekomendasi Administrasi Penduduk Datang", "A", "0 2 5 2 5 1 0"),
    ("penduduk-pindah", "Rekomendasi Administrasi Penduduk Pindah", "A", "0 2 5 2 5 1 0"),
    ("akta-kelahiran", "Rekomendasi Administrasi Akta Kelahiran", "A", "0 2 5 2 5 1 0"),
    ("akta-kematian", "Rekomendasi Administrasi Akta Kematian", "A", "0 2 5 2 5 1 0"),
    ("kia", "Rekomendasi Kartu Identitas Anak (KIA)", "A", "0 2 5 2 5 1 0"),
    ("ahli-waris", "Surat Keterangan Ahli Waris", "B", "0 2 5 2 2 3 1 0"),
    ("bepergian", "Surat Bepergian", "B", "0 2 5 2 2 3 1 0"),
    ("sktm", "Rekomendasi Surat Keterangan Tidak Mampu (SKTM)", "C", "0 2 5 2 5 1 0"),
    ("belum-menikah", "Surat Keterangan Belum Pernah Menikah", "B", "0 2 5 2 2 3 1 0"),
    ("calon-tki", "Surat Keterangan Calon TKI", "B", "0 2 5 2 2 3 1 0"),
    ("ijin-keramaian", "Surat Keterangan Ijin Keramaian", "B", "0 2 5 2 2 3 1 0"),
    ("skck", "Rekomendasi Surat Keterangan Catatan Kepolisian (SKCK)", "C", "0 2 5 2 5 1 0"),
    ("dispensasi-nikah", "Dispensasi Nikah", "B", "0 2 5 2 2 3 1 0"),
    ("susunan-keluarga", "Pengesahan Daftar Susunan Keluarga", "B", "0 2 5 2 2 3 1 0"),
    ("proposal-bantuan", "Rekomendasi Proposal Permohonan Bantuan", "B", "0 2 5 2 2 3 1 0"),
    ("oss", "Fasilitasi Permohonan Perizinan melalui OSS", "D", "0 2 3 10 0"),
    ("pengaduan", "Pelayanan Pengaduan Masyarakat", "E", "0 2 5 18 20 15"),
)

LANES = {
    "A": "pemohon pelayanan verifikasi register kasi",
    "B": "pemohon pelayanan kasi register sekcam camat",
    "C": "pemohon pelayanan kasi register sekcam",
    "D": "pemohon tim-teknis pengolah-data kasi",
    "E": "pemohon pelayanan tim-pengaduan sekcam camat",
}
# step:actor, then ! = decision, < = may be sent back, q / a = takes a queue or agenda number
STEPS = {
    "A": "ajukan:pemohon terima:pelayanan verifikasi:verifikasi!q register:register+a "
    "tanda-tangan:kasi! serahkan:pelayanan diterima:pemohon",
    "B": "ajukan:pemohon terima:pelayanan verifikasi:kasi!q register:register+a "
    "ajukan-ttd:sekcam< tanda-tangan:camat! serahkan:pelayanan diterima:pemohon",
    "C": "ajukan:pemohon terima:pelayanan verifikasi:kasi!q register:register+a "
    "tanda-tangan:sekcam! serahkan:pelayanan diterima:pemohon",
    "D": "ajukan:pemohon terima:tim-teknis! validasi:kasi< input-data:pengolah-data "
    "diterima:pemohon",
    "E": "ajukan:pemohon terima:pelayanan! klasifikasi:tim-pengaduan pertimbangan:sekcam "
    "keputusan:camat sampaikan:pelayanan",
}
# where each later decision may send a file, the default first
WAYS_BACK = {
    "A": {"tanda-tangan": ["register", "verifikasi"]},
    "B": {
        "ajukan-ttd": ["register", "verifikasi"],
        "tanda-tangan": ["register", "verifikasi", "ajukan-ttd"],
    },
    "C": {"tanda-tangan": ["register", "verifikasi"]},
    "D": {"validasi": ["terima"]},
    "E": {"pertimbangan": ["klasifikasi"], "keputusan": ["klasifikasi"]},
}
SIGNING = {
    "A": Signing.KASI_AN,
    "B": Signing.CAMAT,
    "C": Signing.SEKCAM_AN,
    "D": Signing.OPERATOR,
    "E": Signing.PARTIES,
}


@pytest.fixture(params=SERVICES.values(), ids=lambda service: service.code)
def service(request: pytest.FixtureRequest) -> Service:
    value: Service = request.param
    return value


def steps_in_short(service: Service) -> str:
    signs = {Takes.QUEUE: "q", Takes.AGENDA: "+a", None: ""}
    words = []
    for step in service.steps:
        marks = ("!" if step.decision else "") + ("<" if step.may_return else "")
        words.append(f"{step.code}:{step.actor}{marks}{signs[step.takes]}")
    return " ".join(words)


def conditions_of(service: Service) -> list[Condition]:
    own = [field.when for field in service.fields]
    papers = [requirement.when for requirement in service.requirements]
    return [condition for condition in own + papers if condition is not None]


def all_columns(service: Service) -> list[Field]:
    return [column for field in service.fields for column in field.columns]


# --- the catalog as a whole


def test_every_file_in_the_folder_is_registered() -> None:
    registered = {service.code for service in SERVICES.values()}

    assert {file.stem.replace("_", "-") for file in FILES} == registered == set(SERVICES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_is_data_only(file: Path) -> None:
    docstring, *imports, assignment = ast.parse(file.read_text(encoding="utf-8")).body

    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)
    sources = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert len(imports) == len([node for node in imports if isinstance(node, ast.ImportFrom)])
    assert sources <= {
        "kecamatan_desk.domain.roles",
        "kecamatan_desk.workflows.fields",
        "kecamatan_desk.workflows.vocabulary",
    }
    assert isinstance(assignment, ast.Assign)
    assert [ast.unparse(target) for target in assignment.targets] == ["SERVICE"]
    # `Role.KASI` and calls of the words are data; whatever computes is not.
    banned = (
        ast.Lambda,
        ast.IfExp,
        ast.comprehension,
        ast.JoinedStr,
        ast.BinOp,
        ast.BoolOp,
        ast.Compare,
        ast.NamedExpr,
        ast.Subscript,
        ast.Starred,
    )
    assert not [ast.unparse(node) for node in ast.walk(assignment) if isinstance(node, banned)]


def test_services_stand_in_the_order_of_the_office() -> None:
    assert [(s.code, s.label, s.family) for s in SERVICES.values()] == [row[:3] for row in TABLE]


def test_there_are_145_steps() -> None:
    assert sum(len(service.steps) for service in SERVICES.values()) == 145


def test_names_of_services_differ() -> None:
    for name in ("code", "title", "label", "short", "abbreviation"):
        values = [getattr(service, name) for service in SERVICES.values()]

        assert len(set(values)) == 20, name


# --- the steps


def test_minutes_are_those_of_the_sop(service: Service) -> None:
    minutes = {row[0]: row[3] for row in TABLE}[service.code]

    assert " ".join(str(step.minutes) for step in service.steps) == minutes
    assert service.total_minutes == (60 if service.family is Family.E else 15)


def test_lanes_and_steps_follow_the_family(service: Service) -> None:
    expected = STEPS[service.family]
    if service.code == "perekaman-ktp":
        expected = expected.replace("serahkan:", "rekam:")

    assert " ".join(service.lanes) == LANES[service.family]
    assert steps_in_short(service) == expected


def test_an_officer_records_each_step_of_the_applicant(service: Service) -> None:
    steps = service.steps
    recorded = [step.code for step in steps if step.recorded_by is not None]

    assert recorded == [step.code for step in steps if step.actor is Role.PEMOHON]
    assert steps[0].officer is steps[1].actor
    assert Role.PEMOHON not in {step.officer for step in steps}


def test_receipt_is_one_act_with_the_hand_over_but_for_oss(service: Service) -> None:
    joined = [(step.code, step.officer) for step in service.steps if step.with_previous]
    last = service.steps[-1]

    if service.family in {Family.A, Family.B, Family.C}:
        assert joined == [("diterima", Role.PELAYANAN)]
    else:
        assert joined == []
    if service.family is Family.D:
        assert last.officer is Role.PENGOLAH_DATA
    if service.family is Family.E:
        assert last.code == "sampaikan"


def test_every_step_says_what_it_does_needs_and_yields(service: Service) -> None:
    for step in service.steps:
        for words in (step.activity, step.requires, step.output, step.word):
            assert words == " ".join(words.split()) != ""
        assert len(step.word) <= 14, "does not fit the picture of the SOP"


def test_a_step_of_the_applicant_takes_no_time_and_every_other_some(service: Service) -> None:
    for step in service.steps:
        assert (step.minutes == 0) == (step.actor is Role.PEMOHON)


def test_the_ways_back_are_those_of_the_office(service: Service) -> None:
    judges = {"pertimbangan", "keputusan"}
    later = service.steps[service.steps.index(service.first_decision) + 1 :]
    deciding = [s for s in later if s.decision or s.may_return or s.code in judges]
    ways = {step.code: [target.code for target in way_back(service, step)] for step in deciding}

    assert ways == WAYS_BACK[service.family]


def test_a_way_back_leads_backwards_and_never_before_the_first_decision(service: Service) -> None:
    steps = service.steps
    for step in steps:
        for target in way_back(service, step):
            assert steps.index(service.first_decision) <= steps.index(target) < steps.index(step)


# --- codes


def test_codes_are_ascii_and_unique(service: Service) -> None:
    groups = [
        [service.code],
        [step.code for step in service.steps],
        [field.code for field in service.fields],
        [requirement.code for requirement in service.requirements],
        *([column.code for column in field.columns] for field in service.fields),
    ]

    for codes in groups:
        assert len(codes) == len(set(codes)), codes
        assert [code for code in codes if not CODE.fullmatch(code)] == []


def test_abbreviation_and_classification_fit_a_letter_number(service: Service) -> None:
    assert re.fullmatch(r"[A-Z]{2,10}", service.abbreviation)
    assert re.fullmatch(r"\d{3}(\.\d+)*", service.classification)


# --- fields


def test_the_applicant_comes_first_and_who_runs_the_errand_last(service: Service) -> None:
    titles = [section.title for section in service.sections]

    assert titles[0] in {"Pemohon", "Pelapor"}
    assert titles[-1] == "Yang mengurus"
    assert len(titles) == len(set(titles))


def test_sections_belong_to_a_step_that_an_officer_does(service: Service) -> None:
    codes = {step.code for step in service.steps}

    assert {section.step for section in service.sections} <= codes - {"ajukan"}


def test_kinds_have_what_they_need_and_nothing_else(service: Service) -> None:
    chosen = {FieldKind.CHOICE, FieldKind.MULTI_CHOICE}
    for field in [*service.fields, *all_columns(service)]:
        assert bool(field.choices) == (field.kind in chosen), field.code
        assert bool(field.columns) == (field.kind is FieldKind.ROWS), field.code
        assert len(set(field.choices)) == len(field.choices), field.code
        assert field.label.strip(), field.code
        assert 1 <= field.length <= 4000, field.code
    assert not [column for column in all_columns(service) if column.kind is FieldKind.ROWS]


def test_fields_fit_the_width_of_the_form(service: Service) -> None:
    assert [field.code for field in service.fields if not 1 <= field.span <= 12] == []
    assert [f.code for f in service.fields if f.kind is FieldKind.ROWS and f.span != 12] == []


def test_conditions_name_a_field_and_its_choices(service: Service) -> None:
    fields = {field.code: field for field in service.fields}
    for condition in conditions_of(service):
        field = fields[condition.field]
        known = ("ya", "tidak") if field.kind is FieldKind.YES_NO else field.choices

        assert condition.values
        assert set(condition.values) <= set(known), condition


def test_a_field_depends_on_one_that_is_asked_no_later(service: Service) -> None:
    order = [step.code for step in service.steps]
    asked = {f.code: order.index(s.step) for s in service.sections for f in s.fields}
    for section in service.sections:
        for field in section.fields:
            if field.when is not None:
                assert field.when.field != field.code
                assert asked[field.when.field] <= order.index(section.step), field.code


def test_the_book_shows_a_field_known_when_the_line_is_written(service: Service) -> None:
    by_code = {f.code: s for s in service.sections for f in s.fields}

    assert service.purpose in by_code
    assert by_code[service.purpose].step == "terima"


def test_no_field_holds_a_secret(service: Service) -> None:
    words = [field.label.lower() for field in [*service.fields, *all_columns(service)]]

    assert [word for word in words if re.search(r"sandi|password|\bpin\b", word)] == []


# --- papers


def test_papers_are_named_whole_and_say_where_to_get_them(service: Service) -> None:
    for paper in service.requirements:
        assert paper.kind in {"Asli", "Fotokopi", "Legalisir"}, paper.code
        assert not re.search(r"\bFC\b", paper.name), paper.code
        assert paper.name, paper.code
        assert paper.source, paper.code
        assert paper.when is None or paper.need is Need.BERSYARAT, paper.code


def test_some_paper_is_always_or_sometimes_needed(service: Service) -> None:
    assert {paper.need for paper in service.requirements} & {Need.WAJIB, Need.BERSYARAT}


# --- letters


def test_the_letter_is_drawn_at_a_step_and_signed_as_the_family_says(service: Service) -> None:
    drawn = {"D": "diterima", "E": "keputusan"}.get(service.family, "register")
    expected = [(service.code, SIGNING[service.family], drawn)]
    if service.code == "perekaman-ktp":
        expected.append(("perekaman-ktp-tanda-bukti", Signing.OPERATOR, "rekam"))

    assert [
        (letter.template, letter.signing, letter.step) for letter in service.letters
    ] == expected


def test_every_text_in_the_folder_belongs_to_a_service_or_is_the_ralat_of_them_all() -> None:
    named = {letter.template for service in SERVICES.values() for letter in service.letters}
    named.add("ralat")
    files = {path.stem for path in resource("letters").glob("*.txt")}

    assert files == named
