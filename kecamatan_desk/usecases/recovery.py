"""The recovery key: made once, printed twice, kept nowhere on the PC (reliability 3.7).

Removable backups are encrypted to its public half, which is an archive row (event ``kunci-pulih``).
The secret half is shown, printed and typed back; then the program forgets it. Whoever holds the
sheet opens every backup made while the key was in use, so a new key does not make the old sheet
worthless: it is kept as long as backups from its time are.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kecamatan_desk.documents.recovery_sheet import RecoverySheet, groups
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.persistence.sealing import new_identity, recipient_of
from kecamatan_desk.persistence.tables import RecoveryKeyRecord
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.persistence.vault import key_tag
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.paper_parts import office_head, printed_by

LETTERS = 74  # of the whole secret
_START = "AGE-SECRET-KEY-1"
#: What a hand writes for a letter of the key where no other reading exists (bech32 has no B I O 1).
_SEEN_AS = str.maketrans({"O": "0", "I": "L", "1": "L", "B": "8"})


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key pair that nobody knows yet. ``secret`` is shown once; never log or store it."""

    secret: str
    recipient: str
    mark: str  # its short name, on the sheet and in lists

    def __repr__(self) -> str:
        return f"NewKey({self.mark})"


@dataclass(frozen=True, slots=True)
class KeyInUse:
    """A recovery key the office has, without its secret."""

    mark: str
    since: date
    in_use: bool


def new_key() -> NewKey:
    """Make a key pair. It counts only once it was typed back (`adopt`)."""
    secret, recipient = new_identity()
    return NewKey(secret, recipient, mark_of(recipient))


def sheet_pdf(desk: Desk, key: NewKey) -> bytes:
    """Draw the sheet: one page for the Camat, one for the Sekretaris, to be sealed."""
    from kecamatan_desk.documents.recovery_sheet import draw_recovery_sheet

    return draw_recovery_sheet(desk.ask(_sheet, key))


def adopt(desk: Desk, op_id: str, secret: str, typed: str) -> None:
    """Take a new key into use once it was typed back from the printed sheet.

    InputError when what was typed is not this key; it says in which group. NotAllowedError and
    PresenceError as for every deed of the administrator. The secret goes no further than here.
    """
    check_typed(secret, typed)
    desk.call(keep_recovery_key, op_id, recipient_of(secret))


@command
def keep_recovery_key(work: UnitOfWork, op_id: str, recipient: str) -> None:
    """Enter the public half of a recovery key; removable backups are encrypted to it from now."""
    role = work.require(Role.ADMIN)
    work.require_presence()
    link = work.link()
    link.add(RecoveryKeyRecord, recipient=recipient, created_at=stamp(work.now))
    work.close_event(link, op_id, "kunci-pulih", role, payload={"mark": mark_of(recipient)})


def recovery_keys(work: UnitOfWork) -> tuple[KeyInUse, ...]:
    """List the recovery keys the office has had, the one in use first."""
    work.require(*STAFF)
    found = work.session.scalars(
        select(RecoveryKeyRecord).order_by(RecoveryKeyRecord.id.desc())
    ).all()
    return tuple(
        KeyInUse(
            mark_of(row.recipient),
            work.calendar.local_date(moment(row.created_at)),
            row == found[0],
        )
        for row in found
    )


def mark_of(recipient: str) -> str:
    """Give the short name of a key: what tells two sheets apart."""
    tag = key_tag(recipient).upper()
    return f"{tag[:4]} {tag[4:]}"


def secret_from(typed: str) -> str:
    """Read a secret as somebody typed it from a sheet: blanks, case and look-alikes do not matter.

    InputError when letters are missing or one is wrong (its checksum tells).
    """
    secret = _joined(typed)
    recipient_of(secret)
    return secret


def check_typed(secret: str, typed: str) -> None:
    """Compare what was typed back with the key; InputError names the first group that differs."""
    again = _joined(typed)
    if again == secret:
        return
    for number, (right, wrong) in enumerate(zip(groups(secret), groups(again), strict=False), 1):
        if right != wrong:
            raise InputError(
                f"Kelompok ke-{number} tidak sama dengan lembar kunci. Kunci belum dipakai; ketik "
                "ulang kelompok itu.",
                "recovery-key",
            )
    raise _too_short(again)


def _joined(typed: str) -> str:
    """Give what was typed in the key's own spelling, with or without its fixed beginning."""
    text = "".join(c for c in typed.upper() if c.isalnum())
    fixed = _START.replace("-", "")
    rest = text[len(fixed) :] if text.startswith(fixed[:-1]) else text
    secret = _START + rest.translate(_SEEN_AS)
    if len(secret) != LETTERS:
        raise _too_short(secret)
    return secret


def _too_short(secret: str) -> InputError:
    return InputError(
        f"Kunci pemulihan terdiri atas {LETTERS} tanda, yang diketik {len(secret)}. Tidak ada yang "
        "berubah; lengkapi dari lembar kunci.",
        "recovery-key",
    )


def _sheet(work: UnitOfWork, key: NewKey) -> RecoverySheet:
    work.require(Role.ADMIN)
    return RecoverySheet(
        head=office_head(work),
        secret=key.secret,
        mark=key.mark,
        made=long_date(work.today),
        printed=printed_by(work),
    )
