"""A disk that keeps only what was synced, and what a power cut leaves of it.

The model is harsher than ext4 and roughly NTFS without flushed folders:

* What was written to a file since its last sync may be there whole, not at all, in any part, torn
  at 512 bytes, or as zeros where the file grew.
* Names made, changed and removed in a folder are there in order up to any point since the folder's
  last sync, whatever other folders have kept. Syncing a file does not keep its name.
* A rename within one folder happens or does not; one between folders may leave both names or none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random

#: Path -> bytes, None for a folder.
Tree = dict[str, bytes | None]
SECTOR = 512
#: What may be left of a file: everything, what was synced, a choice of the writes since then, or
#: the first of them with the last one torn, lost sectors being as they were or zeros.
WAYS = ("all", "none", "some", "torn", "zeros")


@dataclass(frozen=True, slots=True)
class Make:
    """A file is there from now on, if it was not."""

    path: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder was made."""

    path: str


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were written; at the end of the file when ``offset`` is None."""

    path: str
    offset: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """The size was set."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Allocate:
    """The file is at least so long from now on; what it grew by reads as zeros."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Rename:
    """A name was given to what another name stood for; whatever had the new name loses it."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Link:
    """A second name was given."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Remove:
    """A name of a file or an empty folder is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Sync:
    """What the file or folder is now, it is on disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Ack:
    """The program told of finished work."""

    text: str


Change = Write | Truncate | Allocate
Op = Make | Folder | Change | Rename | Link | Remove | Sync | Ack


class _File:
    def __init__(self, content: bytes) -> None:
        self.durable = content
        self.now = bytearray(content)
        self.pending: list[Change] = []
        self._whole: bytes | None = None  # what `now` is, until it changes

    def change(self, op: Change) -> None:
        if isinstance(op, Write) and op.offset is None:
            op = Write(op.path, len(self.now), op.data)
        self.pending.append(op)
        self._whole = None
        _put(self.now, op)

    def sync(self) -> None:
        self.durable, self.pending = self.whole(), []

    def whole(self) -> bytes:
        """Give what programs read now."""
        if self._whole is None:
            self._whole = bytes(self.now)
        return self._whole

    def left(self, how: str, random: Random) -> bytes:
        """Give what a power cut leaves of it."""
        match how:
            case "all":
                return self.whole()
            case "none":
                return self.durable
            case "some":
                kept = [op for op in self.pending if random.random() < 0.5]
            case _:
                kept = self.pending[: random.randint(1, len(self.pending))]
                kept[-1:] = _torn(kept[-1], random, zeros=how == "zeros")
        content = bytearray(self.durable)
        for op in kept:
            _put(content, op)
        return bytes(content)


def _put(content: bytearray, op: Change) -> None:
    if isinstance(op, _Zeros):
        assert op.offset is not None
        op = Allocate(op.path, op.offset + len(op.data))
    if isinstance(op, Allocate):
        content.extend(bytes(max(0, op.size - len(content))))
        return
    if isinstance(op, Truncate):
        del content[op.size :]
        content.extend(bytes(op.size - len(content)))
        return
    assert op.offset is not None
    if op.offset > len(content):
        content.extend(bytes(op.offset - len(content)))
    content[op.offset : op.offset + len(op.data)] = op.data


def _torn(op: Change, random: Random, *, zeros: bool) -> list[Change]:
    """Give the sectors of a write that got to the disk; of the others, zeros if asked."""
    if not isinstance(op, Write):
        return [op]
    assert op.offset is not None
    parts: list[Change] = []
    at, end = op.offset, op.offset + len(op.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        part = op.data[at - op.offset : until - op.offset]
        if random.random() < 0.5:
            parts.append(Write(op.path, at, part))
        elif zeros:
            parts.append(_Zeros(op.path, at, part))
        at = until
    return parts


class _Zeros(Write):
    """Grown over but never written: only counts where the file was not yet so long."""


class _Folder:
    def __init__(self) -> None:
        self.durable: dict[str, _Node] = {}
        self.now: dict[str, _Node] = {}
        self.pending: list[dict[str, _Node | None]] = []

    def change(self, names: dict[str, "_Node | None"]) -> None:
        self.pending.append(names)
        _rename(self.now, names)

    def sync(self) -> None:
        self.durable, self.pending = dict(self.now), []

    def left(self, changes: int) -> dict[str, "_Node"]:
        names = dict(self.durable)
        for change in self.pending[:changes]:
            _rename(names, change)
        return names


_Node = _File | _Folder


def _rename(names: dict[str, _Node], change: dict[str, _Node | None]) -> None:
    """Carry out one change of names: it happens whole."""
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Disk:
    """Files and folders, as programs see them now and as they are on disk.

    Paths are relative with `/`; "" is the folder everything lies in, which is there for certain.
    """

    def __init__(self, base: Tree) -> None:
        self._root = _Folder()
        for path in sorted(base):
            content = base[path]
            self._name(path, _Folder() if content is None else _File(content))
        for folder in self._nodes():
            folder.sync()

    def apply(self, op: Op) -> None:
        """Let one thing happen. KeyError when it names what is not there."""
        match op:
            case Make(path):
                if self._find(path) is None:
                    self._name(path, _File(b""))
            case Folder(path):
                self._name(path, _Folder())
            case Write(path) | Truncate(path) | Allocate(path):
                self._file(path).change(op)
            case Rename(old, new):
                self._rename(old, new)
            case Link(old, new):
                self._name(new, self._node(old))
            case Remove(path):
                self._name(path, None)
            case Sync(path):
                self._node(path).sync()
            case Ack():
                pass

    def size(self, path: str) -> int:
        """Give how long a file is now."""
        return len(self._file(path).now)

    def content(self, path: str) -> bytes:
        """Give what a file holds now."""
        return bytes(self._file(path).now)

    def everything(self) -> Tree:
        """Give files and folders as programs see them now."""
        return self.left("all", None)

    def left(self, files: str, changes: str | None, random: Random | None = None) -> Tree:
        """Give what a power cut leaves.

        Args:
            files: one of WAYS for all files, or "mixed": one by lot for each.
            changes: of names in folders: None for all, "none", or "mixed": so many by lot.
            random: the lots.
        """
        tree: Tree = {}
        self._leave(tree, "", self._root, files, changes, random or Random(0))
        return tree

    def _leave(
        self,
        tree: Tree,
        path: str,
        folder: _Folder,
        files: str,
        changes: str | None,
        random: Random,
    ) -> None:
        kept = len(folder.pending)
        if changes is not None and kept:
            kept = random.randint(0, kept) if changes == "mixed" else 0
        for name, node in folder.left(kept).items():
            inner = f"{path}/{name}" if path else name
            if isinstance(node, _Folder):
                tree[inner] = None
                self._leave(tree, inner, node, files, changes, random)
            else:
                how = random.choice(WAYS) if files == "mixed" else files
                tree[inner] = node.left(how, random) if node.pending else node.durable

    def _rename(self, old: str, new: str) -> None:
        node = self._node(old)
        (above, name), (other, new_name) = self._parted(old), self._parted(new)
        if above is other:
            above.change({name: None, new_name: node})
        else:
            other.change({new_name: node})
            above.change({name: None})

    def _name(self, path: str, node: _Node | None) -> None:
        folder, name = self._parted(path)
        folder.change({name: node})

    def _parted(self, path: str) -> tuple[_Folder, str]:
        pure = PurePosixPath(path)
        above = str(pure.parent)
        folder = self._node("" if above == "." else above)
        if not isinstance(folder, _Folder):
            raise KeyError(path)
        return folder, pure.name

    def _find(self, path: str) -> _Node | None:
        node: _Node | None = self._root
        for part in PurePosixPath(path).parts:
            node = node.now.get(part) if isinstance(node, _Folder) else None
        return node

    def _node(self, path: str) -> _Node:
        node = self._find(path)
        if node is None:
            raise KeyError(path)
        return node

    def _file(self, path: str) -> _File:
        node = self._node(path)
        if not isinstance(node, _File):
            raise KeyError(path)
        return node

    def _nodes(self) -> Iterator[_Folder]:
        waiting = [self._root]
        while waiting:
            folder = waiting.pop()
            yield folder
            waiting += [node for node in folder.now.values() if isinstance(node, _Folder)]
