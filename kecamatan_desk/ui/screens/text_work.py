"""A letter text in hand: its document, what was sent, and the errands of the workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QTextCursor, QTextDocument

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.usecases.letter_texts import TextVersion, versions
from kecamatan_desk.usecases.letter_trial import TextPreview, check_text, preview
from kecamatan_desk.usecases.sample_people import Person

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk, UnitOfWork

#: On whom the letter is tried, as the screen calls them.
PEOPLE = (
    (Person.ORDINARY, "Orang biasa"),
    (Person.LONGEST, "Isian terpanjang"),
    (Person.SHORTEST, "Isian paling sedikit"),
)


@dataclass(slots=True)
class Draft:
    """A text in hand, what is stored of it, and the version that was seen."""

    document: QTextDocument
    stored: str
    version: int
    note: str = ""
    renew: bool = False  # the next version that comes replaces whatever was typed

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not stored."""
        return text_in(self.document) != self.stored


def kept(draft: Draft, note: str) -> dict[str, Any]:
    """Give what is kept of a text in hand until it is stored."""
    return {"text": text_in(draft.document), "note": note, "version": draft.version}


@dataclass(frozen=True, slots=True)
class Sent:
    """What is on its way to be saved."""

    kind: str
    body: str
    note: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a preview is drawn from."""

    kind: str
    body: str
    person: Person
    profile: Profile


def text_in(document: QTextDocument) -> str:
    """Give the text of a document as it is: Qt's plain text would make blanks of no-break ones."""
    return document.toRawText().replace("\u2029", "\n")


def replace_text(document: QTextDocument, text: str) -> None:
    """Put another text in place of all; undo brings the old one back."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText(text)


# Errands: they run on the workers, and know no widget


def drawn_preview(desk: Desk, asked: Asked) -> tuple[Asked, TextPreview]:
    """Draw a preview; it comes back with its question."""
    return asked, preview(desk, asked.kind, asked.body, asked.person, asked.profile)


def checked_text(_desk: Desk, kind: str, body: str) -> str:
    """Check a text where it holds up nobody; give it as it is kept."""
    return check_text(kind, body)


def versions_of(work: UnitOfWork, kind: str) -> tuple[str, tuple[TextVersion, ...]]:
    """Give the versions of a text with its kind: another may be in hand when they come."""
    return kind, versions(work, kind)
