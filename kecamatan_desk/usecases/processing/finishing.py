"""The end of the way: hand-over, e-KTP recording, the complaint's result, the OSS numbers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import (
    RequestRecord,
)
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.moving import (
    Deed,
    move,
)
from kecamatan_desk.usecases.processing.at_step import (
    at_step,
    needed_text,
    require_officer,
    require_step,
    store_step_values,
)
from kecamatan_desk.usecases.processing.pauses import open_pause
from kecamatan_desk.usecases.receivers import HIMSELF, require_fitting
from kecamatan_desk.usecases.values import (
    NOTHING,
    Handover,
    Receipt,
    Seen,
)
from kecamatan_desk.workflows.engine import Act


@command
def hand_over(work: UnitOfWork, op_id: str, seen: Seen, handover: Handover) -> Receipt:
    """*Serahkan* and *diterima* in one act: who received, relationship, identity shown."""
    request, _, step = at_step(work, seen)
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
            "Belum ada berkas titipan ini yang siap diserahkan. Tidak ada yang berubah; tunggu "
            "sampai suratnya tampil pada Siap Diserahkan."
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
    request, service, step = at_step(work, seen)
    require_step(step, "rekam")
    store_step_values(request, service, step, values)
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
    request, service, step = at_step(work, seen)
    require_step(step, "rekam")
    require_officer(work, step)
    text = needed_text(reason, "Kendala", "alasan")
    store_step_values(request, service, step, values)
    if request.data.get("hasil-perekaman") != "Gagal":
        raise RuleError(
            "Hasil perekaman bukan Gagal. Tidak ada yang berubah; pilih Gagal, atau selesaikan "
            "perekamannya."
        )
    return open_pause(work, op_id, request, step, "Perekaman gagal", text)


@command
def deliver_result(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any] = NOTHING
) -> Receipt:
    """Complaint ``sampaikan``: the result is delivered; the complaint ends here."""
    request, service, step = at_step(work, seen)
    require_step(step, "sampaikan")
    store_step_values(request, service, step, values)
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
    request, service, step = at_step(work, seen)
    require_step(step, "diterima")
    store_step_values(request, service, step, values)
    return _hand_over(work, op_id, request, handover)


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
    require_fitting(request.applicant, receiver, relation)
    texts = {"penerima": f"{receiver} ({relation}), {identity}"}
    deed = Deed(
        Act.ADVANCE,
        texts=texts,
        remark=f"{receiver} ({relation})" if relation != HIMSELF else HIMSELF,
        receiver=receiver,
        outcome=outcome,
    )
    return move(work, op_id, request, deed)
