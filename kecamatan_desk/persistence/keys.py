"""The office's key pair, and the secret of its PINs: what lies beside the database, never in it.

Ed25519 (RFC 8032): the same text gets the same signature, so that a letter drawn again has the
same code. The private half is a file of the data directory and stands in no database, so that
copies of the data do not carry it. The library is loaded when a key is first used.
"""

import hashlib
import logging
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.files import sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_log = logging.getLogger(__name__)
_SECRET_LENGTH = 32  # bytes
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
        self.pins = PinSecret(folder)
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
        _write_closed(self.file, content, self._set_aside)

    def _set_aside(self) -> None:
        """Keep a file that is of no use now: a technician may still find its database."""
        if self.file.exists():
            name = hashlib.sha256(self.file.read_bytes()).hexdigest()[:16]
            self.file.replace(self.folder / f"unused-{name}.pem")


class PinSecret:
    """Random bytes that go into every PIN's hash; they lie beside the database, in no copy of it.

    A PC that got its data from a copy makes its own, and PINs are set anew there. Closed to other
    accounts by its mode (0600); binding it to the Windows account (DPAPI) is left for later.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._bytes = b""

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._folder / "pin.secret"

    def get(self) -> bytes:
        """Give the secret, and make it where there is none.

        MachineError when it cannot be read or kept.
        """
        with self._lock:
            if not self._load():
                made = secrets.token_bytes(_SECRET_LENGTH)
                try:
                    _write_closed(self.file, made, self._set_aside)
                except OSError as error:
                    raise MachineError(
                        "Rahasia PIN belum dapat disimpan: cakram penuh atau folder data tidak "
                        "dapat ditulis. Belum ada yang berubah; kosongkan cakram lalu ulangi."
                    ) from error
                self._bytes = made
            return self._bytes

    def mark(self) -> str:
        """Give eight figures by which a hash names its secret; made at need."""
        return _mark_of(self.get())

    def known_mark(self) -> str:
        """The same of a secret that is there; "" when there is none yet, or it cannot be read.

        No PIN can be checked then, and passwords go on opening.
        """
        with self._lock:
            try:
                return _mark_of(self._bytes) if self._load() else ""
            except MachineError:
                _log.warning("the secret of the PINs cannot be read")
                return ""

    def _load(self) -> bool:
        if not self._bytes:
            try:
                found = self.file.read_bytes()
            except FileNotFoundError:
                return False
            except OSError as error:
                raise MachineError(
                    "Rahasia PIN tidak dapat dibaca. Tidak ada yang berubah; masuklah dengan kata "
                    "sandi, dan mintalah teknisi memberi izin pada folder data."
                ) from error
            if len(found) != _SECRET_LENGTH:
                _log.warning("the secret of the PINs is damaged")
                return False
            self._bytes = found
        return True

    def _set_aside(self) -> None:
        if self.file.exists():
            self.file.replace(self._folder / "unused-pin.secret")


def _mark_of(secret: bytes) -> str:
    return hashlib.sha256(b"kecamatan-desk pin secret" + secret).hexdigest()[:8]


def _write_closed(file: Path, content: bytes, before: Callable[[], None]) -> None:
    """Write a file whole or not at all, readable by its owner only; ``before`` it is renamed."""
    folder = file.parent
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)
    half = folder / f"{file.stem}.{os.getpid()}-{threading.get_ident()}.half"
    half.unlink(missing_ok=True)
    try:
        # made closed to others: a mode set afterwards would leave a moment
        handle = os.open(half, _NEW_FILE, 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        before()
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(folder)


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
