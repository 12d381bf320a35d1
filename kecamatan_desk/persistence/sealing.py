"""Encryption of backups to a public key (age format, X25519): the PC writes what it cannot read.

The library is loaded when it is needed.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kecamatan_desk.domain.errors import InputError, MachineError
from kecamatan_desk.persistence.rereading import Tell, nothing

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

WRONG_KEY = (
    "Kunci pemulihan ini tidak membuka cadangan ini. Tidak ada yang berubah; pakai lembar kunci "
    "yang berlaku saat cadangan itu dibuat."
)
DAMAGED = (
    "Berkas cadangan ini rusak atau terpotong. Tidak ada yang berubah; pakai cadangan lain, "
    "misalnya yang sebelumnya."
)


def new_identity() -> tuple[str, str]:
    """Make a key pair; give its secret (74 characters) and its public recipient."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(secret: str) -> str:
    """Give the public half of a secret; InputError when it is none (a mistyped letter is told)."""
    return str(_identity(secret).to_public())


def encrypt_file(source: Path, target: Path, recipient: str, tell: Tell = nothing) -> str:
    """Encrypt a file, synced; give the SHA-256 of what was written. No half file stays behind."""
    import pyrage

    try:
        with source.open("rb") as read, target.open("wb") as write:
            reader, writer = _Reader(read, tell), _Writer(write)
            try:
                pyrage.encrypt_io(reader, writer, [_recipient(recipient)])
            except Exception as error:
                raise (reader.error or writer.error or error) from None
            write.flush()
            os.fsync(write.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return str(writer.digest.hexdigest())


def decrypt_file(source: Path, target: Path, secret: str, tell: Tell = nothing) -> None:
    """Decrypt a file. InputError for a wrong key, MachineError for one that is damaged or cut."""
    import pyrage

    identity = _identity(secret)
    try:
        with source.open("rb") as read, target.open("wb") as write:
            reader, writer = _Reader(read, tell), _Writer(write)
            try:
                pyrage.decrypt_io(reader, writer, [identity])
            except pyrage.DecryptError as error:
                raise _refused(str(error)) from None
            except Exception as error:
                known = reader.error or writer.error
                if known is None and isinstance(error, OSError):
                    raise MachineError(DAMAGED) from error
                raise (known or error) from None
            write.flush()
            os.fsync(write.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _refused(said: str) -> Exception:
    if "matching keys" in said:
        return InputError(WRONG_KEY, "recovery-key")
    return MachineError(DAMAGED)


def _identity(secret: str) -> "Identity":
    from pyrage import IdentityError, x25519

    try:
        return x25519.Identity.from_str(secret)
    except IdentityError:
        raise InputError(
            "Kunci pemulihan ini salah ketik: 74 tanda tidak cocok dengan tanda periksanya. Tidak "
            "ada yang berubah; bandingkan kelompok demi kelompok dengan lembar kunci, atau pindai "
            "kode kotaknya.",
            "recovery-key",
        ) from None


def _recipient(text: str) -> "Recipient":
    from pyrage import RecipientError, x25519

    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise MachineError(
            "Kunci pemulihan yang tersimpan tidak terbaca. Tidak ada yang disalin; buatlah kunci "
            "pemulihan baru."
        ) from error


class _Reader:
    """Hands chunks to the library; keeps the error that it would else swallow."""

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        self._file, self._tell = file, tell
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self._file.read(size)
            self._tell(len(chunk))
        except BaseException as error:
            self.error = error
            raise
        return chunk


class _Writer:
    """Takes chunks from the library and hashes them; keeps the error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest: Any = hashlib.sha256()
        self.error: BaseException | None = None

    def write(self, chunk: bytes) -> int:
        try:
            self.digest.update(chunk)
            return self._file.write(chunk)
        except BaseException as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()
