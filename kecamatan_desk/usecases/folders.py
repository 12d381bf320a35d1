"""*Berkas titipan desa*: one bearer, many applicants, one receipt; open until it is printed."""

from sqlalchemy import delete, func, select

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import (
    BundleRecord,
    RequestRecord,
    ScratchRecord,
    UserRecord,
)
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.scratch import FOLDER
from kecamatan_desk.usecases.scratch_values import OpenFolder
from kecamatan_desk.workflows.engine import Status


@command
def open_folder(work: UnitOfWork, op_id: str, bearer: str, village: str, phone: str) -> int:
    """Open a village officer's folder (*berkas titipan desa*); give its id."""
    work.require(Role.PELAYANAN)
    name = checked_text(bearer, "Nama pembawa", 100, "pembawa")
    if not name:
        raise InputError("Nama pembawa belum diisi. Ketik nama petugas desa.", "pembawa")
    record = BundleRecord(
        kind="titipan",
        bearer=name,
        village=checked_text(village, "Desa", 60, "desa"),
        phone=checked_text(phone, "Nomor HP", 20, "hp"),
        created_at=work.now,
    )
    work.session.add(record)
    work.session.flush()
    work.session.add(
        ScratchRecord(
            user_id=work.user.id, place=FOLDER, request_id=record.id, body={}, saved_at=work.now
        )
    )
    link = work.link()
    work.close_event(link, op_id, "titipan", Role.PELAYANAN, payload={"bundle": record.id})
    return record.id


def open_folders(work: UnitOfWork) -> tuple[OpenFolder, ...]:
    """List the folders whose receipt is not printed yet, whoever opened them, the latest first."""
    work.require(Role.PELAYANAN)
    found = work.session.execute(
        select(ScratchRecord, BundleRecord, UserRecord.name)
        .join(BundleRecord, BundleRecord.id == ScratchRecord.request_id)
        .join(UserRecord, UserRecord.id == ScratchRecord.user_id)
        .where(ScratchRecord.place == FOLDER)
        .order_by(BundleRecord.id.desc())
    ).all()
    return tuple(
        OpenFolder(
            folder.id,
            folder.bearer,
            folder.village,
            folder.created_at,
            name,
            *_counted(work, folder.id),
        )
        for _open, folder, name in found
    )


def close_folder(work: UnitOfWork, bundle_id: int) -> None:
    """Note that a folder is finished: its receipt is printed. May be repeated without harm."""
    work.require(Role.PELAYANAN)
    work.session.execute(
        delete(ScratchRecord).where(
            ScratchRecord.place == FOLDER, ScratchRecord.request_id == bundle_id
        )
    )


def _counted(work: UnitOfWork, bundle_id: int) -> tuple[int, int]:
    """Give how many requests of a folder are taken in, and how many are drafts."""
    of_it = (
        select(func.count()).select_from(RequestRecord).where(RequestRecord.bundle_id == bundle_id)
    )
    drafts = RequestRecord.status == Status.DRAFT.value
    taken = RequestRecord.taken_in_at.is_not(None)
    count = work.session.scalar
    return count(of_it.where(taken)) or 0, count(of_it.where(drafts)) or 0
