"""Fills in the forms: the facts of a service fitted to the fields the catalog asks for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kecamatan_desk.usecases.answers import MISSING, NOT_NEEDED, THERE, applies, need_of
from kecamatan_desk.usecases.practice import (
    facts_cards,
    facts_family,
    facts_public,
    facts_statements,
)
from kecamatan_desk.usecases.practice.scene import Scene, Values
from kecamatan_desk.usecases.values import Answer
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Need, Service

_FACTS: dict[str, Callable[[Scene], Values]] = {
    "perekaman-ktp": facts_cards.perekaman_ktp,
    "ktp": facts_cards.ktp,
    "perubahan-kk": facts_cards.perubahan_kk,
    "penduduk-datang": facts_cards.penduduk_datang,
    "penduduk-pindah": facts_cards.penduduk_pindah,
    "akta-kelahiran": facts_cards.akta_kelahiran,
    "akta-kematian": facts_cards.akta_kematian,
    "kia": facts_cards.kia,
    "ahli-waris": facts_family.ahli_waris,
    "bepergian": facts_statements.bepergian,
    "sktm": facts_statements.sktm,
    "belum-menikah": facts_statements.belum_menikah,
    "calon-tki": facts_statements.calon_tki,
    "ijin-keramaian": facts_statements.ijin_keramaian,
    "skck": facts_statements.skck,
    "dispensasi-nikah": facts_family.dispensasi_nikah,
    "susunan-keluarga": facts_family.susunan_keluarga,
    "proposal-bantuan": facts_statements.proposal_bantuan,
    "oss": facts_public.oss,
    "pengaduan": facts_public.pengaduan,
}

#: What is wrong with a paper that fails the check.
_FAULTS = (
    "belum dibawa",
    "fotokopi tidak terbaca",
    "masa berlakunya sudah habis",
    "belum ditandatangani",
    "nama tidak sama dengan Kartu Keluarga",
)


def first_form(service: Service, scene: Scene) -> Values:
    """Give all values of the new-request form."""
    facts = {**_applicant(scene), **_village_letter(scene), **_errand(scene)}
    return fitted(service, "terima", {**facts, **_FACTS[service.code](scene)}, scene)


def later_form(service: Service, step: str, scene: Scene, data: Values, day: date) -> Values:
    """Give the values an officer enters at a later step; nothing where the SOP asks for none."""
    match step:
        case "rekam":
            facts = facts_cards.recording(scene, "Berhasil", day)
        case "input-data":
            facts = facts_public.oss_entry(scene, data)
        case "diterima" if service.code == "oss":
            facts = facts_public.oss_result(scene, day)
        case "klasifikasi":
            facts = facts_public.classified(data)
        case "pertimbangan":
            facts = facts_public.considered(data)
        case "keputusan":
            facts = facts_public.decided(scene, data, day)
        case "sampaikan":
            facts = facts_public.delivered(scene)
        case _:
            facts = {}
    return fitted(service, step, facts, scene)


def fitted(service: Service, step: str, facts: Mapping[str, Any], scene: Scene) -> Values:
    """Keep the facts a step asks for; a field nobody thought of gets something of its kind."""
    values: Values = {}
    for field in (f for section in service.sections_at(step) for f in section.fields):
        if field.when and not field.when.holds(values):
            continue
        value = facts.get(field.code)
        if value in (None, "", []) and field.required:
            value = _of_kind(field, scene)
        if value not in (None, "", []):
            values[field.code] = value
    return values


def papers(service: Service, data: Values, scene: Scene, missing: int = 0) -> tuple[Answer, ...]:
    """Answer the checklist; ``missing`` of the papers that must be there fail, with a reason."""
    answers = []
    for requirement in service.requirements:
        if not applies(requirement, data):
            continue
        must = need_of(requirement, data) is Need.WAJIB
        if must and missing > 0:
            missing -= 1
            reason = scene.pick(_FAULTS)
            answers.append(Answer(requirement.code, MISSING, "", 0, reason, requirement.source))
        elif must or scene.random.random() < 0.3:
            answers.append(Answer(requirement.code, THERE, requirement.kind, 1))
        else:
            answers.append(Answer(requirement.code, NOT_NEEDED))
    return tuple(answers)


def _applicant(scene: Scene) -> Values:
    person, home = scene.applicant, scene.home
    return {
        "nik": person.nik,
        "kk": home.kk,
        "hp": f"08{scene.random.randint(11, 99)}0000{scene.random.randint(100, 9999):04d}",
        "nama": person.name,
        "jenis-kelamin": person.sex,
        "tempat-lahir": person.birthplace,
        "tanggal-lahir": person.born.isoformat(),
        "agama": home.religion,
        "pekerjaan": person.job,
        "alamat": home.street,
        "rt": home.rt,
        "rw": home.rw,
        "desa": home.village,
        "status-kawin": scene.marital,
        "kewarganegaraan": "WNI",
    }


def _village_letter(scene: Scene) -> Values:
    written = scene.ago(0, 9)
    return {
        "pengantar-nomor": scene.number("DS-" + scene.home.village[:3].upper(), written),
        "pengantar-tanggal": written,
        "pengantar-desa": scene.home.village,
    }


def _errand(scene: Scene) -> Values:
    """Most people come themselves."""
    if scene.random.random() < 0.85:
        return {"diurus-oleh": "Sendiri"}
    helper = scene.people.anyone(25, 55)
    return {"diurus-oleh": "Keluarga", "kuasa-nama": helper.name, "kuasa-hubungan": "Saudara"}


def _of_kind(field: Field, scene: Scene) -> Any:
    """Give something a field of this kind can hold."""
    match field.kind:
        case FieldKind.DATE:
            return scene.ago(1, 20)
        case FieldKind.TIME:
            return "09:00"
        case FieldKind.NUMBER | FieldKind.MONEY:
            return scene.random.randint(1, 9)
        case FieldKind.CHOICE:
            return scene.pick(field.choices)
        case FieldKind.MULTI_CHOICE:
            return [scene.pick(field.choices)]
        case FieldKind.YES_NO:
            return "tidak"
        case FieldKind.NIK:
            return scene.people.anyone(25, 50).nik
        case FieldKind.KK:
            return scene.home.kk
        case FieldKind.PHONE:
            return "081100001234"
        case FieldKind.VILLAGE:
            return scene.home.village
        case FieldKind.ROWS:
            return [{column.code: _of_kind(column, scene) for column in field.columns}]
    if field.digits:
        return "9" * field.digits
    return "sesuai berkas"[: field.length]
