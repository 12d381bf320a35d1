"""A print server of one's own: cupsd with its own folder and socket, and one queue onto PDF files.

It listens on no network, knows nothing of a server that may run on the machine, and ends with the
test. Only root may start one.
"""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

QUEUE = "Uji-PDF"
_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
_GUARD = Path("/sys/kernel/security/apparmor/profiles")
_PATIENCE = 60  # seconds: a busy machine takes its time
_TIED = ("setpriv", "--pdeathsig", "TERM")  # a server never outlives a killed test run
_SYSTEM = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}

_SERVER = """\
Listen {root}/sock
WebInterface No
Browsing No
LogLevel info
MaxLogSize 0
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {root}/etc
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
Printcap {root}/printcap
SystemGroup root
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """A running server with its queue."""

    root: Path

    @property
    def server(self) -> str:
        """What CUPS_SERVER must be."""
        return str(self.root / "sock")

    @property
    def log(self) -> str:
        """The end of what the server wrote down."""
        file = self.root / "error_log"
        return file.read_text(errors="replace")[-4000:] if file.exists() else "(no log)"


def lacking() -> str:
    """Say what the machine lacks for a print server of one's own; empty when it has all."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may start a print server"
    for program in ("cupsd", "lpadmin", "lpstat", "gs", "setpriv"):
        if shutil.which(program, path=_SYSTEM["PATH"]) is None:
            return f"{program} is not installed"
    for file in (_PPD, _BACKEND):
        if not file.exists():
            return f"{file} is not installed"
    if _GUARD.exists() and "cupsd" in _GUARD.read_text(errors="replace"):
        return "AppArmor keeps cupsd in the system's own folders"
    return ""


@contextmanager
def print_server() -> Iterator[Queue]:
    """Run a server with one queue; whatever happens, it is ended and its folder removed."""
    root = Path(mkdtemp(prefix="kd-cups-", dir="/tmp"))  # a socket's path may not be long
    there = _results().exists()
    server: subprocess.Popen[bytes] | None = None
    try:
        root.chmod(0o755)  # filters run as another user
        for folder in ("etc/ppd", "cache", "state", "spool/tmp"):
            (root / folder).mkdir(parents=True)
        config, files = root / "cupsd.conf", root / "cups-files.conf"
        config.write_text(_SERVER.format(root=root))
        files.write_text(_FILES.format(root=root))
        command = [*_TIED, "cupsd", "-f", "-c", str(config), "-s", str(files)]
        server = subprocess.Popen(
            command, env=_SYSTEM, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        queue = Queue(root)
        _await_server(queue, server)
        _lp(queue, "lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-P", str(_PPD))
        yield queue
    finally:
        if server is not None and server.poll() is None:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(root, ignore_errors=True)
        if not there:
            with suppress(OSError):  # somebody else's papers lie there
                _results().rmdir()


def _results() -> Path:
    """Where the queue's driver puts its PDF: it can't be told another folder."""
    return Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"


def _await_server(queue: Queue, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        asked = subprocess.run(
            ["lpstat", "-h", queue.server, "-r"], env=_SYSTEM, capture_output=True, check=False
        )
        if asked.returncode == 0 and b"is running" in asked.stdout:
            return
        time.sleep(0.1)
    raise AssertionError(f"cupsd does not answer: {queue.log}")


def _lp(queue: Queue, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [program, "-h", queue.server, *arguments], env=_SYSTEM, capture_output=True, check=False
    )
    assert done.returncode == 0, f"{program}: {done.stderr.decode(errors='replace')} {queue.log}"


def printed(queue: Queue, title: str) -> bytes:
    """Wait for the PDF a job of this title has become, take it away, and give it."""
    folder = _results()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        files = sorted(folder.glob(f"*{title}*.pdf")) if folder.exists() else []
        content = files[0].read_bytes() if files else b""
        if content.rstrip().endswith(b"%%EOF"):
            files[0].unlink()
            return content
        time.sleep(0.1)
    raise AssertionError(f"nothing was printed: {queue.log}")
