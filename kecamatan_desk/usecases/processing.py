"""Moving requests through the steps of their service: one function per deed of an officer."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    LineRecord,
    LineStatusRecord,
    PauseRecord,
    RequestRecord,
)
from kecamatan_desk.usecases.answers import (
    failing,
    reopen_answers,
    require_papers,
    settle_answers,
    write_answers,
)
from kecamatan_desk.usecases.booking import add_line_status, line_columns
from kecamatan_desk.usecases.clocks import ABSENT
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.intake import guard_secrecy, index_person, remember
from kecamatan_desk.usecases.moving import (
    COUNTER_STEPS,
    Deed,
    end_pause,
    load_seen,
    move,
    place_of,
)
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.usecases.values import (
    NOTHING,
    Answer,
    Handover,
    Receipt,
    RecordedDecision,
    Seen,
)
from kecamatan_desk.usecases.warnings import stop_the_impossible
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status, current_step, officers_for
from kecamatan_desk.workflows.vocabulary import Service, Step

PAUSES = (
    ABSENT,
    "Listrik padam",
    "Gangguan jaringan",
    "Menunggu pemohon",
    "Istirahat",
)
_TEXT = 300  # most characters of a note or reason


@command
def save_answers(work: UnitOfWork, op_id: str, seen: Seen, answers: Iterable[Answer]) -> Receipt:
    """Keep checklist answers while the officer works; no event, the request does not move."""
    request, service, step = _first_decision(work, seen)
    on_paper = (Role.REGISTER,) if step.officer in OFFICIALS else ()  # who records it (rule 8)
    _require_officer(work, step, *on_paper)
    write_answers(work, request, service, answers)
    return _standing(request, "ceklis")


@command
def pass_check(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    answers: Iterable[Answer],
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """First decision, *Memenuhi Syarat*: gives the queue number (D, E: writes the book line)."""
    request, service, _ = _first_decision(work, seen)
    write_answers(work, request, service, answers)
    require_papers(work, request, service)
    return move(work, op_id, request, Deed(Act.ADVANCE, recorded=recorded))


@command
def fail_check(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    answers: Iterable[Answer],
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """First decision, *Tidak Memenuhi Syarat*: back to the applicant, every paper named."""
    request, service, _ = _first_decision(work, seen)
    write_answers(work, request, service, answers)
    lines = failing(work, request, service)
    note = "; ".join(f"{line.name}: {line.reason}" for line in lines)
    deed = Deed(
        Act.FAIL,
        recorded=recorded,
        texts={"alasan": note},
        payload={"papers": [line.code for line in lines]},
        note=note,
    )
    receipt = move(work, op_id, request, deed)
    settle_answers(work, request)
    return receipt


@command
def close_failed(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    reason: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """Close a file that cannot be served here, saying where the applicant should go."""
    request = load_seen(work, seen)
    text = _needed(reason, "Alasan dan tujuan", "alasan")
    deed = Deed(Act.CLOSE, recorded=recorded, texts={"alasan": text}, note=text, remark=text)
    return move(work, op_id, request, deed)


@command
def record_return(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """*Terima kembali*: the applicant is back; the request resumes at the very same step."""
    return move(work, op_id, load_seen(work, seen), Deed(Act.COME_BACK))


@command
def give_agenda_number(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """Validate and give the agenda number: one transaction with the book line and the event."""
    request, _, step = _at(work, seen)
    if step.code != "register":
        raise RuleError("Berkas ini tidak menunggu nomor agenda. Tidak ada yang berubah.")
    receipt = move(work, op_id, request, Deed(Act.ADVANCE))
    index_person(work, request)
    return receipt


@command
def approve(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    values: Mapping[str, Any] = NOTHING,
    note: str = "",
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """Finish the officer's step: initial, sign, validate, classify, consider, decide."""
    request, service, step = _at(work, seen)
    if step is service.first_decision or step.code == "register" or step.code in COUNTER_STEPS:
        raise RuleError("Langkah ini punya perbuatan sendiri. Tidak ada yang berubah.")
    if step.code == "diterima":
        raise RuleError("Catat NIB dan penerimanya dahulu. Tidak ada yang berubah.")
    _store_step_values(request, service, step, values)
    text = checked_text(note, "Catatan", _TEXT, "catatan")
    texts = {"catatan": text} if text else {}
    receipt = move(work, op_id, request, Deed(Act.ADVANCE, recorded=recorded, texts=texts))
    index_person(work, request)
    return receipt


@command
def send_back(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    target: str | None,
    note: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """*Kembalikan untuk diperbaiki* to an earlier officer, with what is to be mended."""
    request, service, _ = _at(work, seen)
    text = _needed(note, "Catatan perbaikan", "catatan")
    deed = Deed(Act.SEND_BACK, target, recorded, texts={"catatan": text}, note=text)
    receipt = move(work, op_id, request, deed)
    if request.step == service.first_decision.code:
        reopen_answers(work, request)
    return receipt


@command
def refuse(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    reason: str,
    recorded: RecordedDecision | None = None,
) -> Receipt:
    """*Tolak*: final, with a reason. A line already written is marked, its number stays used."""
    request = load_seen(work, seen)
    text = _needed(reason, "Alasan penolakan", "alasan")
    deed = Deed(Act.REFUSE, None, recorded, texts={"alasan": text}, remark=text, note=text)
    return move(work, op_id, request, deed)


@command
def cancel(work: UnitOfWork, op_id: str, seen: Seen, reason: str) -> Receipt:
    """Cancel a request. After register only the register officer may: the line becomes void."""
    request = load_seen(work, seen)
    text = _needed(reason, "Alasan pembatalan", "alasan")
    if request.line_id is not None:
        work.require(Role.REGISTER)
    deed = Deed(Act.CANCEL, texts={"alasan": text}, remark=text, note=text)
    return move(work, op_id, request, deed)


@command
def hand_over(work: UnitOfWork, op_id: str, seen: Seen, handover: Handover) -> Receipt:
    """*Serahkan* and *diterima* in one act: who received, relationship, identity shown."""
    request, _, step = _at(work, seen)
    if step.code != "serahkan":
        raise RuleError(
            "Surat ini belum ditandatangani, jadi belum dapat diserahkan. Tidak ada yang berubah; "
            "tunggu sampai berkas tampil pada Siap Diserahkan."
        )
    return _hand_over(work, op_id, request, handover)


@command
def hand_over_bundle(
    work: UnitOfWork, op_id: str, bundle_id: int, handover: Handover
) -> tuple[Receipt, ...]:
    """Hand over every ready file of a bundle to one bearer; the others stay where they are."""
    ready = work.session.scalars(
        select(RequestRecord)
        .where(RequestRecord.bundle_id == bundle_id, RequestRecord.step == "serahkan")
        .order_by(RequestRecord.id)
    ).all()
    if not ready:
        raise RuleError(
            "Belum ada berkas titipan ini yang siap diserahkan. Tidak ada yang berubah."
        )
    return tuple(_hand_over(work, op_id, request, handover) for request in ready)


@command
def finish_recording(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    values: Mapping[str, Any],
    handover: Handover,
) -> Receipt:
    """e-KTP ``rekam``: *Berhasil* or *Duplikat* both finish, counted apart."""
    request, service, step = _at(work, seen)
    _require_step(step, "rekam")
    _store_step_values(request, service, step, values)
    outcome = str(request.data.get("hasil-perekaman", "")).lower()
    if outcome not in ("berhasil", "duplikat"):
        raise RuleError(
            "Perekaman yang gagal belum selesai. Tidak ada yang berubah; pakai Jeda – perekaman "
            "gagal."
        )
    return _hand_over(work, op_id, request, handover, outcome)


@command
def fail_recording(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any], reason: str
) -> Receipt:
    """e-KTP ``rekam`` failed: the request stays open with a named pause."""
    request, service, step = _at(work, seen)
    _require_step(step, "rekam")
    _require_officer(work, step)
    text = _needed(reason, "Kendala", "alasan")
    _store_step_values(request, service, step, values)
    if request.data.get("hasil-perekaman") != "Gagal":
        raise RuleError(
            "Hasil perekaman bukan Gagal. Tidak ada yang berubah; pilih Gagal, atau selesaikan "
            "perekamannya."
        )
    return _pause(work, op_id, request, step, "Perekaman gagal", text)


@command
def deliver_result(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any] = NOTHING
) -> Receipt:
    """Complaint ``sampaikan``: the result is delivered; the complaint ends here."""
    request, service, step = _at(work, seen)
    _require_step(step, "sampaikan")
    _store_step_values(request, service, step, values)
    return move(work, op_id, request, Deed(Act.ADVANCE, remark="Pelapor", outcome="disampaikan"))


@command
def finish_oss(
    work: UnitOfWork,
    op_id: str,
    seen: Seen,
    values: Mapping[str, Any],
    handover: Handover,
) -> Receipt:
    """OSS ``diterima``: NIB and certificate numbers, and who received them."""
    request, service, step = _at(work, seen)
    _require_step(step, "diterima")
    _store_step_values(request, service, step, values)
    return _hand_over(work, op_id, request, handover)


@command
def pause(work: UnitOfWork, op_id: str, seen: Seen, kind: str, note: str = "") -> Receipt:
    """Open a named pause on the current step; any act closes it."""
    request, _, step = _at(work, seen)
    _require_officer(work, step, Role.REGISTER)
    if kind not in PAUSES:
        raise InputError("Pilih alasan jeda dari daftar. Tidak ada yang berubah.", "jeda")
    return _pause(work, op_id, request, step, kind, checked_text(note, "Catatan", _TEXT))


@command
def resume(work: UnitOfWork, op_id: str, seen: Seen) -> Receipt:
    """Close the open pause: the clock runs on."""
    request, _, step = _at(work, seen)
    role = _require_officer(work, step, Role.REGISTER)
    if request.pause_kind is None:
        raise RuleError("Berkas ini tidak sedang dijeda. Tidak ada yang berubah.")
    end_pause(work, request)
    request.version += 1
    _event(work, op_id, "lanjutkan-jeda", role, request)
    return _standing(request, "lanjutkan-jeda")


@command
def correct(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any], reason: str
) -> Receipt:
    """*Perbaiki data* before hand-over: before and after are kept; a drawn letter gets n+1.

    ``values`` are the fields to change, of any section already filled in.
    """
    request, service, step = _at(work, seen)
    role = _require_officer(work, step, Role.PELAYANAN)
    text = _needed(reason, "Alasan perbaikan", "alasan")
    before = dict(request.data)
    after = _corrected(work, service, step, before, values)
    changed = sorted(c for c in {*before, *after} if before.get(c) != after.get(c))
    if not changed:
        raise RuleError("Tidak ada isian yang berubah. Ubah isian yang salah, lalu simpan.")
    request.data = after
    request.applicant, request.nik = str(after.get("nama", "")), str(after.get("nik", ""))
    request.village = str(after.get("desa", ""))
    request.version += 1
    guard_secrecy(request)
    index_person(work, request)
    remember(work, request)
    link = work.link()
    link.add(ContentRecord, kind="alasan", body=text)
    difference = {c: [before.get(c, ""), after.get(c, "")] for c in changed}
    link.add(ContentRecord, kind="perbaikan", body=canonical(difference))
    if request.line_id is not None:
        new = canonical(_changed_columns(work, service, request))
        add_line_status(work, link, request.line_id, "diperbaiki", text, new)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        "perbaiki",
        role,
        request_id=request.id,
        step=step.code,
        next_step=request.step,
        status=request.status,
        payload={"fields": changed},
    )
    return _standing(request, "perbaiki")


@command
def expire_overdue(work: UnitOfWork, op_id: str) -> int:
    """Close TMS files whose applicant has not come back in time; give how many.

    The counter closes those of every service, the technical team its own.
    """
    role = work.require(Role.PELAYANAN, Role.TIM_TEKNIS)
    overdue = select(RequestRecord).where(
        RequestRecord.kind == "tms", RequestRecord.deadline < work.today
    )
    if role is Role.TIM_TEKNIS:
        overdue = overdue.where(RequestRecord.waits_for == role.value)
    else:  # named, so that the index on open requests serves
        overdue = overdue.where(RequestRecord.waits_for.is_not(None))
    found = work.session.scalars(overdue.order_by(RequestRecord.id)).all()
    for request in found:
        move(work, op_id, request, Deed(Act.EXPIRE, remark="Tidak kembali sampai batas waktu"))
    return len(found)


def _at(work: UnitOfWork, seen: Seen) -> tuple[RequestRecord, Service, Step]:
    request = load_seen(work, seen)
    service = SERVICES[request.service]
    step = current_step(service, place_of(request))
    if step is None or request.status in (Status.DRAFT, Status.FAILED):
        raise RuleError(
            "Permohonan ini tidak sedang berjalan. Tidak ada yang berubah; lihat keadaannya pada "
            "riwayat berkas."
        )
    return request, service, step


def _first_decision(work: UnitOfWork, seen: Seen) -> tuple[RequestRecord, Service, Step]:
    request, service, step = _at(work, seen)
    if step is not service.first_decision:
        raise RuleError("Berkas ini tidak menunggu pemeriksaan. Tidak ada yang berubah.")
    return request, service, step


def _require_step(step: Step, code: str) -> None:
    if step.code != code:
        raise RuleError("Berkas ini belum sampai pada langkah itu. Tidak ada yang berubah.")


def _require_officer(work: UnitOfWork, step: Step, *others: Role) -> Role:
    for role in (*officers_for(step), *others):
        if role in work.roles:
            return role
    raise NotAllowedError(
        f"Langkah “{step.activity}” milik {step.officer.label}. Tidak ada yang berubah."
    )


def _needed(text: str, label: str, field: str) -> str:
    cleaned = checked_text(text, label, _TEXT, field)
    if not cleaned:
        raise InputError(f"{label} belum ditulis. Tidak ada yang berubah; tulis dahulu.", field)
    return cleaned


def _store_step_values(
    request: RequestRecord, service: Service, step: Step, values: Mapping[str, Any]
) -> None:
    """Keep the fields the SOP asks for at this step; required ones must be there."""
    cleaned = cleaned_values(service, values, step.code, complete=True)
    if cleaned:
        own = {f.code for section in service.sections_at(step.code) for f in section.fields}
        request.data = {**{c: v for c, v in request.data.items() if c not in own}, **cleaned}


def _hand_over(
    work: UnitOfWork,
    op_id: str,
    request: RequestRecord,
    handover: Handover,
    outcome: str = "",
) -> Receipt:
    receiver = checked_text(handover.receiver, "Nama penerima", 100, "penerima")
    relation = checked_text(handover.relation, "Hubungan", 60, "hubungan")
    identity = checked_text(handover.identity, "Identitas", 60, "identitas")
    for value, label, field in (
        (receiver, "Nama penerima", "penerima"),
        (relation, "Hubungan dengan pemohon", "hubungan"),
        (identity, "Identitas yang ditunjukkan", "identitas"),
    ):
        if not value:
            raise InputError(f"{label} belum diisi. Tidak ada yang berubah; isi dahulu.", field)
    texts = {"penerima": f"{receiver} ({relation}), {identity}"}
    deed = Deed(
        Act.ADVANCE,
        texts=texts,
        remark=f"{receiver} ({relation})" if relation != "Sendiri" else "Sendiri",
        receiver=receiver,
        outcome=outcome,
    )
    return move(work, op_id, request, deed)


def _pause(
    work: UnitOfWork, op_id: str, request: RequestRecord, step: Step, kind: str, note: str
) -> Receipt:
    end_pause(work, request)
    work.session.add(
        PauseRecord(request_id=request.id, step=step.code, kind=kind, opened_at=work.now)
    )
    request.pause_kind, request.pause_since = kind, work.now
    request.version += 1
    role = _require_officer(work, step, Role.REGISTER)
    _event(work, op_id, "jeda", role, request, {"kind": kind}, note)
    return _standing(request, "jeda")


def _event(
    work: UnitOfWork,
    op_id: str,
    act: str,
    role: Role,
    request: RequestRecord,
    payload: Mapping[str, Any] = NOTHING,
    note: str = "",
) -> None:
    """Write an event that moves nothing."""
    link = work.link()
    if note:
        link.add(ContentRecord, kind="catatan", body=note)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        act,
        role,
        request_id=request.id,
        step=request.step,
        next_step=request.step,
        status=request.status,
        payload=payload,
    )


def _corrected(
    work: UnitOfWork,
    service: Service,
    step: Step,
    before: Mapping[str, Any],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """Give the data after a correction, every touched section checked as at its own step."""
    after = dict(before)
    reached = {s.code for s in service.steps[: service.steps.index(step)]} | {"terima"}
    filled = {f.code for s in service.sections if s.step in reached for f in s.fields}
    if unknown := set(values) - filled:
        raise InputError(
            f"Isian tidak dikenal pada langkah ini: {', '.join(sorted(unknown))}. Tidak ada yang "
            "berubah."
        )
    for code in dict.fromkeys(section.step for section in service.sections):
        if code not in reached:
            continue
        own = {f.code for section in service.sections_at(code) for f in section.fields}
        merged = {c: v for c, v in {**before, **values}.items() if c in own}
        if not merged:
            continue
        cleaned = cleaned_values(service, merged, code, complete=True)
        after = {**{c: v for c, v in after.items() if c not in own}, **cleaned}
    stop_the_impossible(work, service, after)
    return after


def _changed_columns(work: UnitOfWork, service: Service, request: RequestRecord) -> dict[str, str]:
    """Give the columns that are not as the line has them, or were not once before."""
    line = work.session.get_one(LineRecord, request.line_id)
    earlier = select(LineStatusRecord.facts).where(
        LineStatusRecord.line_id == line.id, LineStatusRecord.kind == "diperbaiki"
    )
    told = {name for facts in work.session.scalars(earlier) for name in json.loads(facts)}
    return {
        name: value
        for name, value in line_columns(service, request).items()
        if name in told or getattr(line, name) != value
    }


def _standing(request: RequestRecord, act: str) -> Receipt:
    """Give the receipt of a deed that moved nothing."""
    return Receipt(
        act=act,
        request_id=request.id,
        version=request.version,
        file_code=request.file_code,
        service=request.service,
        status=request.status,
        step=request.step,
        next_role=request.waits_for,
        queue_number=request.queue_number,
        agenda_number=request.agenda_number,
        letter_number=request.letter_number,
        minutes_number=request.minutes_number,
        bundle_id=request.bundle_id,
    )
