#!/usr/bin/env python3
"""Everything a developer or a technician does with this checkout, with Python alone.

    python3 tasks.py run [...]     open the program (arguments go to it)
    python3 tasks.py test [...]    all checks and all tests; with arguments: pytest with them
    python3 tasks.py check         formatting, lint, types, import contracts, dependencies
    python3 tasks.py bench [...]   the benchmarks; `bench reliability` proves docs/RELIABILITY.md
    python3 tasks.py bundle        the program as a folder in dist/ that needs no Python, tried
    python3 tasks.py setup         only make the environment that the others use

On Windows: `py tasks.py ...`. The first call makes .venv from the hashed lock; later ones find it.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
ENV = ROOT / ".venv"
SCRIPTS = ENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
RUN_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"  # holds everything of RUN_LOCK too, in the same versions

# Libraries that the Qt wheels expect from the system: what is loaded -> Debian's package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
PRINT_LIBRARIES = {"libcups.so.2": "libcups2"}
# Debian 13 and Ubuntu 24.04 renamed some packages in the change to 64-bit time.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64", "libcups2": "libcups2t64"}


class SetupError(Exception):
    """The environment can't be made; the lines say why and what to do (Indonesian, English)."""


def main(argv: list[str]) -> int:
    """Carry out one command and return its exit status."""
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "bundle": bundle,
        "setup": setup,
    }
    if not argv or argv[0] not in commands:
        print(__doc__)
        return 0 if argv[:1] in (["-h"], ["--help"], ["help"]) else 2
    try:
        return commands[argv[0]](argv[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(args: list[str]) -> int:
    """Open the program, or give its command line `args`."""
    libraries = {}
    if opens_window(args):
        libraries = dict(QT_LIBRARIES)
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            libraries |= WINDOW_LIBRARIES | PRINT_LIBRARIES
    make_environment(RUN_LOCK, libraries)
    return call([PYTHON, "-m", "kecamatan_desk", *args], quiet=True)


def test(args: list[str]) -> int:
    """Run the checks and the tests; with `args`, only pytest with them."""
    make_environment(DEV_LOCK, QT_LIBRARIES)
    if args:
        return call([PYTHON, "-m", "pytest", *args], offscreen=True)
    failed = failed_checks()
    # By file, so that what a test file prepares once is prepared once.
    # a worker that dies fails the run at once: replaced ones were seen to wait for ever
    two = ["-n", "2", "--dist", "loadfile", "--max-worker-restart", "0"]
    if call([PYTHON, "-m", "pytest", *two], offscreen=True):
        failed.append("pytest")
    return verdict(failed)


def check(args: list[str]) -> int:
    """Run the checks that read the sources without running them."""
    refuse_arguments(args)
    make_environment(DEV_LOCK)
    return verdict(failed_checks())


def bench(args: list[str]) -> int:
    """Run the benchmarks, or the proofs of what docs/RELIABILITY.md promises."""
    if args[:1] == ["reliability"]:
        make_environment(DEV_LOCK, QT_LIBRARIES, programs={"strace": "strace"})
        return call([PYTHON, "-m", "benchmarks.reliability", *args[1:]], offscreen=True)
    make_environment(DEV_LOCK, QT_LIBRARIES)
    return call([PYTHON, ROOT / "benchmarks" / "run_all.py", *args], offscreen=True)


def bundle(args: list[str]) -> int:
    """Freeze the program into dist/ with the libraries that lie here, and try what came out."""
    refuse_arguments(args)
    make_environment(DEV_LOCK, QT_LIBRARIES | WINDOW_LIBRARIES, programs={"objdump": "binutils"})
    pyinstaller: list[str | Path] = [PYTHON, "-m", "PyInstaller", "--noconfirm"]
    folders = ["--distpath", "dist", "--workpath", "build"]
    if call([*pyinstaller, *folders, "build_installer.spec"]):
        return 1
    # Named, it is tried whatever its age, and its absence is a failure.
    os.environ["KECAMATAN_DESK_BUNDLE"] = str(ROOT / "dist" / "kecamatan-desk")
    return call([PYTHON, "-m", "pytest", "tests/packaging", "-k", "bundle"], offscreen=True)


def setup(args: list[str]) -> int:
    """Make the environment for development."""
    refuse_arguments(args)
    make_environment(DEV_LOCK, QT_LIBRARIES)
    return 0


def failed_checks() -> list[str]:
    """Return the names of the checks that found something; all of them run."""
    lint_imports = SCRIPTS / ("lint-imports.exe" if WINDOWS else "lint-imports")
    checks: dict[str, list[str | Path]] = {
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check"],
        "ruff check": [PYTHON, "-m", "ruff", "check"],
        "mypy": [PYTHON, "-m", "mypy"],
        "lint-imports": [lint_imports],
        "deptry": [PYTHON, "-m", "deptry", "."],
    }
    return [name for name, command in checks.items() if call(command)]


def verdict(failed: list[str]) -> int:
    """Name what failed and return the exit status."""
    if failed:
        print(f"tasks.py: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def refuse_arguments(args: list[str]) -> None:
    """Stop when a command that takes no arguments is given some."""
    if args:
        raise SetupError(f"tasks.py: unexpected arguments: {' '.join(args)}\n{__doc__}")


def opens_window(args: list[str]) -> bool:
    """Tell whether the program would open its window: it does unless a command is named."""
    words = iter(args)
    for word in words:
        if word in ("-h", "--help", "--version"):
            return False
        if word == "--data":
            next(words, None)
        elif not word.startswith("-"):
            return False
    return True


def call(command: Sequence[str | Path], *, offscreen: bool = False, quiet: bool = False) -> int:
    """Run `command` in the checkout and return its exit status."""
    words = [str(word) for word in command]
    if not quiet:
        print("+", *words, flush=True)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if offscreen:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The program itself is started where the user stands, so that `-o F.pdf` lands there.
    return subprocess.run(words, cwd=None if quiet else ROOT, env=environment).returncode


# --- the environment -----------------------------------------------------------------------------


def make_environment(
    lock: str,
    libraries: dict[str, str] | None = None,
    programs: dict[str, str] | None = None,
) -> None:
    """Make .venv hold what `lock` pins; return at once when it already does.

    Args:
        lock: name of the file with the pins.
        libraries: shared libraries that a Linux system must have -> Debian's packages.
        programs: programs that it must have -> Debian's packages.

    Raises:
        SetupError: Python is too old, or something is missing and can't be installed.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells users of an older one
        raise SetupError(
            f"Program ini memerlukan Python 3.11 atau lebih baru; yang terpasang {sys.version}.\n"
            "(Python 3.11 or newer is needed.)"
        )
    packages = missing_packages(libraries or {}, programs or {})
    if packages:
        install_packages(packages)
    if PYTHON.exists() and any(is_stamped(name) for name in {lock, DEV_LOCK}):
        return
    print(
        "Menyiapkan program; sekali saja, sekitar 150 MB diunduh ... "
        "(making .venv from the hashed lock)",
        file=sys.stderr,
    )
    make_venv()
    install(lock)
    put_checkout_on_path()
    stamp_of(lock).write_text(fingerprint(lock), encoding="utf-8")


def make_venv() -> None:
    """Make an empty .venv unless one is there that was made for this place and this Python."""
    made_for = ENV / "made-for.stamp"
    if PYTHON.exists() and made_for.exists() and made_for.read_text(encoding="utf-8") == identity():
        return
    # In a new process: this one looked for ensurepip when it may not have been there.
    if prepare([sys.executable, "-m", "venv", "--clear", str(ENV)]):
        raise SetupError(
            f"Program belum bisa disiapkan: lingkungan Python di {ENV} gagal dibuat.\n"
            "(python -m venv failed; its message stands above.)"
        )
    made_for.write_text(identity(), encoding="utf-8")


def install(lock: str) -> None:
    """Install the packages of `lock`, each checked against its hash."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)]
    if prepare(command):
        raise SetupError(
            "Program belum bisa disiapkan: pustaka Python gagal diunduh atau dipasang.\n"
            "Periksa sambungan internet dan sisa ruang disk, lalu jalankan perintah ini lagi.\n"
            "(pip failed; its message stands above.)"
        )


def prepare(command: list[str]) -> int:
    """Run a command of the set-up; what it says must not mix with the program's own output."""
    return subprocess.call(command, cwd=ROOT, stdout=sys.stderr)


def put_checkout_on_path() -> None:
    """Let the environment import the checkout, so that no package needs to be built."""
    query = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(query, capture_output=True, text=True, check=True).stdout.strip()
    (Path(site) / "kecamatan_desk_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def stamp_of(lock: str) -> Path:
    """Return the file that says for which `lock` the environment was made."""
    return ENV / f"{lock}.stamp"


def is_stamped(lock: str) -> bool:
    """Tell whether the environment was made from `lock` as it is now."""
    stamp = stamp_of(lock)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint(lock)


def fingerprint(lock: str) -> str:
    """Return what must be unchanged for the environment to be used again."""
    return f"{identity()}\n{hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def identity() -> str:
    """Return the place and Python for which an environment works: its scripts name both."""
    return f"{ROOT}\nPython {sys.version_info.major}.{sys.version_info.minor}"


# --- the system's libraries ----------------------------------------------------------------------


def missing_packages(libraries: dict[str, str], programs: dict[str, str]) -> list[str]:
    """Return the Debian packages of what this Linux system lacks."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for name, package in libraries.items() if not loads(name)]
    packages += [package for name, package in programs.items() if shutil.which(name) is None]
    # Debian keeps what makes environments in a package of its own.
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return packages


def loads(library: str) -> bool:
    """Tell whether the system has `library` in this interpreter's word size."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root or through sudo without a password.

    Raises:
        SetupError: no right to do so, no apt-get, or it failed; the text names the command.
    """
    if shutil.which("apt-get") is None:
        raise SetupError(cannot_install(packages, None))
    prefix = administrator()
    if prefix is None:
        raise SetupError(cannot_install(packages, "sudo "))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print(f"Memasang pustaka sistem (installing): {' '.join(packages)}", file=sys.stderr)
    prepare([*apt, "update"])  # offline, the list of before may still do
    packages = [present_name(package) for package in packages]
    if prepare([*apt, "install", "-y", "--no-install-recommends", *packages]):
        raise SetupError(cannot_install(packages, "sudo " if prefix else ""))


def administrator() -> list[str] | None:
    """Return what to write before a command to run it as root; None when that is not possible."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.call(
        ["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        return ["sudo", "-n"]
    return None


def present_name(package: str) -> str:
    """Return the name under which this release has `package`."""
    renamed = RENAMED.get(package)
    if renamed is None or shutil.which("apt-cache") is None:
        return package
    known = subprocess.call(
        ["apt-cache", "show", renamed], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return renamed if known == 0 else package


def cannot_install(packages: list[str], prefix: str | None) -> str:
    """Return the message for packages that are missing; `prefix` is None without apt-get."""
    names = " ".join(present_name(package) for package in packages)
    lines = [f"Program belum bisa dijalankan: komponen sistem belum terpasang: {names}"]
    if prefix is None:
        lines += ["Mintalah teknisi memasang paket dengan isi yang sama di sistem ini."]
        lines += ["(Install what your distribution calls these Debian packages.)"]
    else:
        lines += ["Mintalah teknisi menjalankan perintah berikut, lalu coba lagi."]
        lines += ["(Run this, then try again.)"]
        lines += [f"  {prefix}apt-get update"]
        lines += [f"  {prefix}apt-get install --no-install-recommends {names}"]
    return "\n".join(lines)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
