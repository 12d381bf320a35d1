"""The office's key pair: what letters are signed with, and where its private half lies.

Ed25519 (RFC 8032): the same text gets the same signature, so that a letter drawn again has the
same code. The private half is a file of the data directory and stands in no database, so that
copies of the data do not carry it. The library is loaded when a key is first used.
"""

import hashlib
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.files import sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_log = logging.getLogger(__name__)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class OfficeKey:
    """A whole key pair in memory; it signs and is never shown."""

    def __init__(self, private: "Ed25519PrivateKey") -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> bytes:
        """Sign an ASCII text: 64 bytes."""
        return self._private.sign(text.encode("ascii"))


class KeyRing:
    """The folder the private key lies in, and the key once it is in use.

    ``lock`` is held while the key is looked for: two workers draw letters.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.Lock()
        self.current: OfficeKey | None = None

    @property
    def file(self) -> Path:
        """Where the private key lies."""
        return self.folder / "office.pem"

    def load(self) -> OfficeKey | None:
        """Read the private key; None when there is none, or it is damaged."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            content = self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise MachineError(
                "Kunci kantor tidak dapat dibaca, jadi surat belum dapat diberi kode. Nomor yang "
                "sudah diberikan tetap tercatat; mintalah teknisi memberi izin pada folder data."
            ) from error
        try:
            private = load_pem_private_key(content, password=None)
        except (ValueError, TypeError):
            private = None
        if isinstance(private, Ed25519PrivateKey):
            return OfficeKey(private)
        _log.warning("the private key of the office is damaged")
        return None

    def make(self) -> OfficeKey:
        """Make a new key and keep it; an older file is set aside, not overwritten."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        private = Ed25519PrivateKey.generate()
        content = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        try:
            self._write(content)
        except OSError as error:
            raise MachineError(
                "Kunci kantor belum dapat disimpan: cakram penuh atau folder data tidak dapat "
                "ditulis. Nomor yang sudah diberikan tetap tercatat; surat dibuat saat berkas "
                "dibuka lagi."
            ) from error
        return OfficeKey(private)

    def _write(self, content: bytes) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(self.folder.parent)
        half = self.folder / f"office.{os.getpid()}-{threading.get_ident()}.half"
        half.unlink(missing_ok=True)
        try:
            # made closed to others: a mode set afterwards would leave a moment
            handle = os.open(half, _NEW_FILE, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._set_aside()
            half.replace(self.file)
        finally:
            half.unlink(missing_ok=True)
        sync_folder(self.folder)

    def _set_aside(self) -> None:
        """Keep a file that is of no use now: a technician may still find its database."""
        if self.file.exists():
            name = hashlib.sha256(self.file.read_bytes()).hexdigest()[:16]
            self.file.replace(self.folder / f"unused-{name}.pem")


def signed_by(public: str, text: str, signature: bytes) -> bool:
    """Tell whether a text was signed with the private half of this public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(signature, text.encode("ascii"))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """Give the SHA-256 of a public key in groups of four, as people compare it."""
    digest = hashlib.sha256(bytes.fromhex(public)).hexdigest().upper()
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
