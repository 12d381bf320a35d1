"""The recovery key: printed, typed back, kept nowhere; and what it opens."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from kecamatan_desk.documents.recovery_sheet import KEEPERS, groups
from kecamatan_desk.domain.errors import InputError, MachineError, NotAllowedError, PresenceError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.sealing import decrypt_file, encrypt_file
from kecamatan_desk.usecases.backups import recovery_recipient
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import FRESH, Desk
from kecamatan_desk.usecases.recovery import (
    LETTERS,
    adopt,
    new_key,
    recovery_keys,
    secret_from,
    sheet_pdf,
)
from tests.builders import SettableClock, op
from tests.walking import rows

DeskOf = Callable[[Role], Desk]


def test_a_key_counts_once_it_was_typed_back(admin_desk: Desk, place: Place) -> None:
    key = new_key()
    assert len(key.secret) == LETTERS
    assert key.secret not in repr(key)

    with pytest.raises(InputError, match="Kelompok ke-5"):
        adopt(admin_desk, op(), key.secret, swapped(key.secret, 5))
    with pytest.raises(InputError, match="74 tanda, yang diketik 73"):
        adopt(admin_desk, op(), key.secret, key.secret[:-1])
    assert admin_desk.ask(recovery_recipient) == ""

    adopt(admin_desk, op(), key.secret, "  ".join(groups(key.secret)).lower())

    assert admin_desk.ask(recovery_recipient) == key.recipient
    assert (
        rows(place.current_database, "SELECT recipient FROM recovery_key")[0]["recipient"]
        == key.recipient
    )
    event = rows(place.current_database, "SELECT payload FROM event WHERE act = 'kunci-pulih'")[0]
    assert key.mark in event["payload"]
    assert key.recipient not in event["payload"]
    assert check_place(place).ok


def swapped(secret: str, group: int) -> str:
    parts = list(groups(secret))
    parts[group - 1] = (
        parts[group - 1][::-1] if parts[group - 1] != parts[group - 1][::-1] else "QQQQ"
    )
    return " ".join(parts)


def test_a_new_key_follows_the_old_one(admin_desk: Desk, clock: SettableClock) -> None:
    keys = [new_key(), new_key()]
    for key in keys:
        adopt(admin_desk, op(), key.secret, key.secret)
        clock.advance(days=1)

    known = admin_desk.ask(recovery_keys)

    assert [(row.mark, row.in_use) for row in known] == [
        (keys[1].mark, True),
        (keys[0].mark, False),
    ]


def test_only_the_administrator_who_has_just_proved_himself(desk_of: DeskOf) -> None:
    key = new_key()
    with pytest.raises(NotAllowedError):
        adopt(desk_of(Role.CAMAT), op(), key.secret, key.secret)
    desk = desk_of(Role.ADMIN)
    desk.proven_at -= FRESH + 1
    with pytest.raises(PresenceError):
        adopt(desk, op(), key.secret, key.secret)


def test_the_sheet_has_a_page_for_each_keeper(admin_desk: Desk) -> None:
    key = new_key()
    document = pypdfium2.PdfDocument(io.BytesIO(sheet_pdf(admin_desk, key)))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()

    assert len(texts) == 2
    for keeper, text in zip(KEEPERS, texts, strict=True):
        assert f"untuk {keeper}" in text
        assert all(group in text for group in groups(key.secret))
        assert key.mark in text


@pytest.mark.parametrize("seed", range(20))
def test_what_a_hand_writes_is_read(seed: int) -> None:
    luck = random.Random(seed)
    key = new_key()
    typed = "".join(luck.choice((c, c.lower())) for c in " ".join(groups(key.secret)))
    head, rest = typed[:16], typed[16:]
    typed = head + rest.replace("0", luck.choice("0Oo")).replace("8", luck.choice("8Bb"))

    assert secret_from(typed) == key.secret
    assert secret_from(typed[16:]) == key.secret  # without the part that is always the same


def test_every_mistyped_letter_is_noticed() -> None:
    key = new_key()
    luck = random.Random(3)
    for _ in range(200):
        at = luck.randrange(16, LETTERS)
        other = luck.choice([c for c in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" if c != key.secret[at]])
        with pytest.raises(InputError, match="salah ketik"):
            secret_from(key.secret[:at] + other + key.secret[at + 1 :])


def test_what_is_encrypted_opens_with_its_key_alone(tmp_path: Path) -> None:
    key, other = new_key(), new_key()
    plain, locked, out = tmp_path / "plain", tmp_path / "locked", tmp_path / "out"
    plain.write_bytes(random.Random(1).randbytes(200_000))
    encrypt_file(plain, locked, key.recipient)
    decrypt_file(locked, out, key.secret)
    assert out.read_bytes() == plain.read_bytes()
    out.unlink()

    with pytest.raises(InputError, match="tidak membuka"):
        decrypt_file(locked, out, other.secret)
    content = locked.read_bytes()
    for damage in (content[:-1], content[: len(content) // 2], content[:30], b"", b"x" * 900):
        locked.write_bytes(damage)
        with pytest.raises(MachineError, match="rusak atau terpotong"):
            decrypt_file(locked, out, key.secret)
    luck = random.Random(9)
    for _ in range(100):
        changed = bytearray(content)
        changed[luck.randrange(len(changed))] ^= 1 << luck.randrange(8)
        locked.write_bytes(changed)
        with pytest.raises((MachineError, InputError)):
            decrypt_file(locked, out, key.secret)
    assert not out.exists()
