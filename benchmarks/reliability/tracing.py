"""What a program asks of the file system, overheard with strace, in order.

    with TemporaryDirectory() as folder:              # what lies in it before is safe on disk
        trace = record([sys.executable, "-m", "my.program", folder, acks], Path(folder), acks)

The program tells of finished work by writing whole lines to the file ``acks``, which lies outside
``folder``; they stand in the trace at the moment they were written. Everything below ``folder`` is
followed: files and folders, what was written where, what was synced.

What the trace says is played through once and compared with the disk as it really is afterwards:
a call that was not understood is an error, never a hole. ``states.judge()`` takes the trace.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.reliability.disk import (
    Ack,
    Allocate,
    Disk,
    Folder,
    Link,
    Make,
    Op,
    Remove,
    Rename,
    Sync,
    Tree,
    Truncate,
    Write,
)

_CALLS = (
    "open,openat,creat,close,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,truncate,"
    "fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,"
    "mkdir,mkdirat,fsync,fdatasync,dup,dup2,dup3,sendfile,copy_file_range,mmap"
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)")
_UNFINISHED = re.compile(r"(\d+) +.* <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
#: A descriptor with its path, or a text; a text after a folder's descriptor is relative to it.
_PART = re.compile(r'(?P<fd>-?\w+)<(?P<path>(?:\\x[0-9a-f]{2})+)>|"(?P<text>(?:\\x[0-9a-f]{2})*)"')
_NUMBER = re.compile(r"(?<![\w\\<])-?\d+(?![\w<])")
_GONE = " (deleted)"


class NotUnderstoodError(Exception):
    """The trace holds a call this module cannot follow, or its end is not what lies on disk."""


@dataclass
class Trace:
    """What lay in a folder before, and what happened there; paths are relative to it."""

    base: Tree
    ops: list[Op] = field(default_factory=list)

    @property
    def syncs(self) -> int:
        """How often a file or folder was synced."""
        return sum(isinstance(op, Sync) for op in self.ops)


def why_not_here() -> str:
    """Say why nothing can be overheard on this machine; "" when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "true"], capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"ptrace is not allowed here: {tried.stderr.strip()}"


def record(command: Sequence[str], folder: Path, acks: Path) -> Trace:
    """Run a command under strace and give what it did below ``folder``.

    Raises:
        NotUnderstoodError: what was overheard does not explain what lies on disk.
        RuntimeError: the command failed; what it said is in the message.
    """
    folder, acks = folder.resolve(), acks.resolve()
    trace = Trace(seen_tree(folder))
    acks.touch()
    with tempfile.TemporaryDirectory() as scratch:
        heard = Path(scratch, "heard")
        strace = ["strace", "-f", "-z", "-y", "-xx", "-s", "100000000", "-e", f"trace={_CALLS}"]
        done = subprocess.run(
            [*strace, "-o", str(heard), *command], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
        with heard.open(encoding="ascii") as lines:
            trace.ops += _Reader(folder, acks).read(lines)
    _prove(trace, folder)
    return trace


def seen_tree(folder: Path) -> Tree:
    """Give what lies on disk: path -> bytes, None for a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def _prove(trace: Trace, folder: Path) -> None:
    """Compare the end of the trace with the disk. The shared memory of a WAL is no content."""
    disk = Disk(trace.base)
    try:
        for op in trace.ops:
            disk.apply(op)
    except KeyError as error:
        raise NotUnderstoodError(f"{op} names what is not there") from error
    told, found = disk.everything(), seen_tree(folder)
    missing = object()
    wrong = {
        name
        for name in told.keys() | found.keys()
        if told.get(name, missing) != found.get(name, missing) and not name.endswith("-shm")
    }
    if wrong:
        raise NotUnderstoodError(f"the trace does not explain {sorted(wrong)}")


class _Reader:
    """Turns strace's lines into what happened below a folder."""

    def __init__(self, folder: Path, acks: Path) -> None:
        self._folder, self._acks = str(folder), str(acks)
        self._offsets: dict[tuple[str, str], int | None] = {}  # None: at the end
        self._half: dict[str, str] = {}

    def read(self, lines: Iterable[str]) -> Iterator[Op]:
        for line in lines:
            found = _LINE.match(self._joined(line.rstrip("\n")))
            if found:
                _, call, args, result = found.groups()
                handler = _HANDLERS.get(call)
                if handler is not None and not result.startswith(("-", "?")):
                    yield from handler(self, call, args, int(result, 0))

    def _joined(self, line: str) -> str:
        """Put together a call that another thread's had interrupted; "" for its first half."""
        if begun := _UNFINISHED.match(line):
            self._half[begun[1]] = line.removesuffix(" <unfinished ...>")
            return ""
        if ended := _RESUMED.match(line):
            return self._half.pop(ended[1], "") + ended[2]
        return line

    def _inside(self, path: str) -> str | None:
        """Give a path relative to the folder; None for one outside, or that has no name now."""
        path = os.path.normpath(path)
        if path == self._folder:
            return ""
        if path.startswith(self._folder + "/") and not path.endswith(_GONE):
            return os.path.relpath(path, self._folder)
        return None

    def _handles(self, args: str) -> list[tuple[str, str]]:
        """Give the descriptors of a call with their whole paths."""
        return [(part["fd"], _text(part["path"])) for part in _PART.finditer(args) if part["path"]]

    def _paths(self, args: str) -> list[str | None]:
        """Give the paths of a call, each resolved from the folder named before it."""
        found, folder = [], ""
        for part in _PART.finditer(args):
            if part["path"]:
                folder = _text(part["path"])
            else:
                found.append(self._inside(str(Path(folder, _text(part["text"])))))
        return found

    def opening(self, call: str, args: str, result: int) -> Iterator[Op]:
        (path,) = self._paths(args)
        if path is None:
            return
        flags = "O_CREAT|O_TRUNC" if call == "creat" else args[args.rindex('"') :]
        self._offsets[(str(result), path)] = None if "O_APPEND" in flags else 0
        if "O_CREAT" in flags:
            yield Make(path)
        if "O_TRUNC" in flags:
            yield Truncate(path, 0)

    def writing(self, call: str, args: str, result: int) -> Iterator[Op]:
        ((fd, whole), *_) = self._handles(args) or [("", "")]
        texts = [_bytes(part["text"]) for part in _PART.finditer(args) if part["path"] is None]
        data = b"".join(texts)[:result]
        path = self._inside(whole)
        if whole == self._acks:
            for line in data.decode().splitlines():
                yield Ack(line)
        if path is None:
            return
        if call.startswith("pwrite"):
            yield Write(path, int(_NUMBER.findall(args)[-1 - (call == "pwritev2")]), data)
        else:
            yield Write(path, self._moved(fd, path, len(data)), data)

    def _moved(self, fd: str, path: str, count: int) -> int | None:
        """Give where a descriptor stands, and let it move on."""
        at = self._offsets.get((fd, path), -1)
        if at == -1:
            raise NotUnderstoodError(f"nobody knows where descriptor {fd} of {path} stands")
        self._offsets[(fd, path)] = None if at is None else at + count
        return at

    def seeking(self, call: str, args: str, result: int) -> Iterator[Op]:
        for fd, whole in self._handles(args):
            path = self._inside(whole)
            if path is not None and self._offsets.get((fd, path), 0) is not None:
                self._offsets[(fd, path)] = result
        yield from ()

    def copying(self, call: str, args: str, result: int) -> Iterator[Op]:
        """Follow sendfile and copy_file_range; the source is read as it lies there afterwards."""
        (first, second) = self._handles(args)
        target, source = (first, second) if call == "sendfile" else (second, first)
        path = self._inside(target[1])
        if path is None:
            return
        given = re.search(r"\[(\d+)\]", args)
        at = int(given[1]) if given else self._moved(source[0], source[1], result)
        with Path(source[1]).open("rb") as file:
            file.seek(at or 0)
            yield Write(path, self._moved(target[0], path, result), file.read(result))

    def resizing(self, call: str, args: str, result: int) -> Iterator[Op]:
        (path, *_) = self._paths(args) or [self._inside(self._handles(args)[0][1])]
        if path is not None:
            yield Truncate(path, int(_NUMBER.findall(args)[-1]))

    def allocating(self, call: str, args: str, result: int) -> Iterator[Op]:
        path = self._inside(self._handles(args)[0][1])
        if path is not None:
            mode, offset, length = (int(number) for number in _NUMBER.findall(args)[-3:])
            if mode:
                raise NotUnderstoodError(f"{call} of {path} in mode {mode}")
            yield Allocate(path, offset + length)

    def naming(self, call: str, args: str, result: int) -> Iterator[Op]:
        paths = self._paths(args)
        if paths == [None] * len(paths):
            return
        match call.removesuffix("at").removesuffix("at2"), paths:
            case "mkdir", [str() as path]:
                yield Folder(path)
            case "unlink" | "rmdir", [str() as path]:
                yield Remove(path)
            case "rename", [str() as old, str() as new] if "RENAME_EXCHANGE" not in args:
                yield Rename(old, new)
            case "link", [str() as old, str() as new]:
                yield Link(old, new)
            case _:
                raise NotUnderstoodError(f"{call} into or out of the folder")

    def syncing(self, call: str, args: str, result: int) -> Iterator[Op]:
        path = self._inside(self._handles(args)[0][1])
        if path is not None:
            yield Sync(path)

    def unknown(self, call: str, args: str, result: int) -> Iterator[Op]:
        if call == "mmap" and not ("MAP_SHARED" in args and "PROT_WRITE" in args):
            return
        for _, whole in self._handles(args):
            path = self._inside(whole)
            if path is not None and not path.endswith("-shm"):
                raise NotUnderstoodError(f"{call} of {path}")
        yield from ()


_HANDLERS = {
    **dict.fromkeys(("open", "openat", "creat"), _Reader.opening),
    **dict.fromkeys(("write", "writev", "pwrite64", "pwritev", "pwritev2"), _Reader.writing),
    "lseek": _Reader.seeking,
    "fallocate": _Reader.allocating,
    **dict.fromkeys(("sendfile", "copy_file_range"), _Reader.copying),
    **dict.fromkeys(("ftruncate", "truncate"), _Reader.resizing),
    **dict.fromkeys(
        ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
        _Reader.naming,
    ),
    **dict.fromkeys(("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"), _Reader.naming),
    **dict.fromkeys(("fsync", "fdatasync"), _Reader.syncing),
    **dict.fromkeys(("mmap", "dup", "dup2", "dup3"), _Reader.unknown),
}


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _text(path: str) -> str:
    return os.fsdecode(_bytes(path))
