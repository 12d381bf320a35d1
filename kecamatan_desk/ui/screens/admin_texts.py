"""The texts of the office's letters: an editor with the letter as it would print beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.documents.template import LINE_FIELD
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.pages import Pages, TabStrip
from kecamatan_desk.ui.parts import Button, col
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_parts import AdminScreen
from kecamatan_desk.ui.screens.text_pane import TextPane
from kecamatan_desk.ui.screens.text_paper import TextPaper
from kecamatan_desk.ui.screens.text_side import FactPage, PaperPage, in_force_words
from kecamatan_desk.ui.screens.text_versions import VersionPage, help_page
from kecamatan_desk.ui.screens.text_work import (
    Draft,
    Sent,
    checked_text,
    kept,
    replace_text,
    text_in,
    versions_of,
)
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases.letter_texts import (
    LetterTextRow,
    TextVersion,
    restore_program_text,
    save_text,
    texts,
)
from kecamatan_desk.usecases.letter_trial import TextProblem, facts_of

_REST = 400  # ms without typing before the letter is drawn again
_TABS = ("Surat", "Isian", "Versi", "Bantuan")
PAPERS, FACTS, VERSIONS, HELP = range(len(_TABS))


def _place(kind: str) -> str:
    """Give the place on the pad of what is typed for a letter."""
    return f"naskah-{kind}"


class TextsScreen(AdminScreen):
    """What is typed for one letter waits in the screen while another is chosen."""

    TITLE = "Teks surat"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._drafts: dict[str, Draft] = {}
        self._rows: Sequence[LetterTextRow] = ()
        self._kind = ""  # of the letter in hand
        self._sent: Sent | None = None
        self._clean = ""  # what was sent, as it is kept
        self._silent = False
        self.save_button.set_words("Simpan" if look().folded else "Simpan naskah")
        self.papers = PaperPage(context.zone)
        self.facts = FactPage()
        self.history = VersionPage(context.zone)
        self.pane = TextPane()
        self.letter = TextPaper(context)
        self.editor = self.pane.editor
        self.tabs, self.pages = TabStrip(), Pages()
        self.facts_button = Button("Sisipkan isian", "F10", "plain", "plus", name="insert-fact")
        self.list_button = Button("Daftar", "Ctrl+D", "plain", "list", name="side-list")
        self.letter_button = Button("Lihat surat", kind="plain", glyph="eye", name="show-letter")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._save_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        self._save_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.side = self._side()
        top = QHBoxLayout()
        top.setSpacing(0)
        for part, stretch in ((self.side, 0), (self.pane, 5), (self.letter, 4)):
            top.addWidget(part, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        buttons: tuple[Button, ...] = (self.facts_button,)
        if look().folded:  # F10 works all the same
            buttons = (self.list_button, self.letter_button)
            self.facts_button.setParent(self)
            self.facts_button.hide()
        layout.addWidget(self.bar(*buttons))
        self._show_part(self.pane)

    def _side(self) -> QFrame:
        self.tabs.setAccessibleName("Surat, isian, versi, dan bantuan")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(True)
        pages = (self.papers, self.facts, self.history, help_page())
        for words, page in zip(_TABS, pages, strict=True):
            self.tabs.addTab(words)
            self.pages.addWidget(page)
        side = col(self.tabs, (self.pages, 1), gap=0, plane="surface", edge="right")
        if not look().folded:
            side.setFixedWidth(look().px(theme.W_LIST_MIDDLE))
        return side

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.papers.picked.connect(self.choose)
        self.papers.opened.connect(self._go_to_text)
        self.facts.chosen.connect(self._insert)
        self.history.wanted.connect(self.take_version)
        self.history.program_wanted.connect(self.restore_program)
        self.editor.textChanged.connect(self._note_typing)
        self.pane.note_field.textEdited.connect(self._keep_text)
        self.letter.tried.connect(self.pane.show_problem)
        self.facts_button.clicked.connect(self.show_facts)
        self.list_button.clicked.connect(self.toggle_list)
        self.letter_button.clicked.connect(self.toggle_letter)
        self._rest.timeout.connect(self.draw_letter)
        self._save_key.activated.connect(self.save)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, texts)

    def first_focus(self) -> QWidget | None:
        return self.editor if look().folded else self.papers.list

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        return {**super().deeds(), "Ctrl+D": self.toggle_list, "F10": self.show_facts}

    def leave(self) -> None:
        """Keep the note with its letter; the texts lie in their documents anyway."""
        if draft := self._draft:
            draft.note = self.pane.note_field.text()

    # Going about

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the letters and back to the text."""
        if self.papers.list.hasFocus():
            self._go_to_text()
            return
        self._show_part(self.side)
        self.tabs.setCurrentIndex(PAPERS)
        self.papers.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def toggle_letter(self) -> None:
        """Show the letter in place of the text and back, where both have no room."""
        self._show_part(self.letter if self.letter.isHidden() else self.pane)

    @Slot()
    def show_facts(self) -> None:
        """F10: the names a text may use; typing looks for one."""
        self._show_part(self.side)
        self.tabs.setCurrentIndex(FACTS)
        self.facts.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.facts.search.selectAll()

    @Slot()
    def _go_to_text(self) -> None:
        self._show_part(self.pane)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_part(self, part: QWidget) -> None:
        """Show one part alone where large text leaves room for one."""
        if look().folded:
            for one in (self.side, self.pane, self.letter):
                one.setVisible(one is part)

    # The letter in hand

    @property
    def _draft(self) -> Draft | None:
        return self._drafts.get(self._kind)

    def _take(self, rows: Sequence[LetterTextRow]) -> None:
        self._rows = rows
        kinds = [row.kind for row in rows]
        self.choose(self._kind if self._kind in kinds else kinds[0])

    @Slot(str)
    def choose(self, kind: str) -> None:
        """Take a letter in hand; what is typed for another one waits."""
        self.leave()
        other, self._kind = kind != self._kind, kind
        if other:
            self.facts.show_facts(facts_of(kind))
            self.history.show_versions(())
            if kind in self._drafts:
                self._show_draft()
        row = next(one for one in self._rows if one.kind == kind)
        self.pane.show_standing(row.title, in_force_words(row, self.context.zone))
        self._say_state()
        self.background.query(self._take_versions, versions_of, kind)

    def _take_versions(self, answer: tuple[str, tuple[TextVersion, ...]]) -> None:
        kind, found = answer
        newest, draft = found[0], self._drafts.get(kind)
        if draft is None:
            document = self.editor.new_document(newest.body)
            self._drafts[kind] = Draft(document, newest.body, newest.version)
            self._take_up_text(kind)
        elif draft.version != newest.version or draft.renew:
            self._follow(draft, newest)
        if kind == self._kind:
            self.history.show_versions(found)
            if draft is None:
                self._show_draft()
            self._say_state()

    def _take_up_text(self, kind: str) -> None:
        """Go on with what was typed when the program ended; the stored text is its way back."""
        draft, typed = self._drafts[kind], self.context.pad.get(_place(kind))
        if typed is None:
            return
        self._silent = True
        replace_text(draft.document, str(typed.get("text", "")))
        self._silent = False
        draft.note = str(typed.get("note", ""))
        if typed.get("version") != draft.version:
            self.complain(
                "Naskah ini diubah sejak diketik di sini. Yang diketik tidak hilang; bandingkan "
                "pada tab Versi sebelum menyimpan."
            )

    def _follow(self, draft: Draft, newest: TextVersion) -> None:
        """Go on from a version that was saved elsewhere, or taken back to the program's."""
        keep = draft.unsaved and not draft.renew
        draft.stored, draft.version, draft.renew = newest.body, newest.version, False
        if keep:
            self.complain(
                f"Naskah ini baru diubah {newest.changed_by} menjadi versi {newest.version}. Yang "
                "diketik tidak hilang; bandingkan pada tab Versi sebelum menyimpan."
            )
        else:
            replace_text(draft.document, newest.body)

    def _show_draft(self) -> None:
        draft = self._drafts[self._kind]
        self._silent = True
        self.editor.show_document(draft.document)
        self._silent = False
        self.editor.setEnabled(True)
        self.pane.note_field.setText(draft.note)
        self.draw_letter()

    def _say_state(self) -> None:
        draft = self._draft
        self.mark(draft is not None and draft.unsaved)
        typed = {row.kind for row in self._rows if self.context.pad.get(_place(row.kind))}
        unsaved = typed | {kind for kind, one in self._drafts.items() if one.unsaved}
        self.papers.show_papers(self._rows, self._kind, frozenset(unsaved))

    # Where one was

    def in_hand(self) -> dict[str, Any]:
        return {"letter": self._kind} if self._kind else {}

    def go_back_to(self, hand: Mapping[str, Any]) -> None:
        self._kind = self._kind or str(hand.get("letter", ""))
        if any(row.kind == hand.get("letter") for row in self._rows):
            self.choose(str(hand["letter"]))

    def has_arrived(self, hand: Mapping[str, Any]) -> bool:
        return self._kind in self._drafts

    def words_in_hand(self) -> str:
        return self.pane.title.text()

    # Typing

    @Slot()
    def _note_typing(self) -> None:
        draft = self._draft
        if self._silent or draft is None:
            return
        if draft.unsaved != self.dirty:
            self._say_state()
        self._rest.start()
        self._keep_text()

    @Slot()
    def _keep_text(self) -> None:
        """Keep the text in hand until it is stored, each letter at a place of its own."""
        draft = self._draft
        if draft is None:
            return
        if draft.unsaved:
            self.context.pad.put(_place(self._kind), 0, kept(draft, self.pane.note_field.text()))
        else:
            self.context.pad.drop(_place(self._kind))

    @Slot(str, bool)
    def _insert(self, form: str, own_lines: bool) -> None:
        self._show_part(self.pane)
        self.editor.insert_form(form, own_lines)

    @Slot()
    def draw_letter(self) -> None:
        """Draw the text in hand as it is typed."""
        if draft := self._draft:
            self.letter.draw_text(self._kind, text_in(draft.document))

    # Saving

    def send(self) -> None:
        draft = self._draft
        if draft is not None:
            self.sending()
            note = self.pane.note_field.text()
            self._sent = Sent(self._kind, text_in(draft.document), note)
            self.background.print_job(self._checked, checked_text, self._kind, self._sent.body)

    def _checked(self, body: str) -> None:
        """Go on with a text that every sample person can print: now it is kept."""
        sent = self._sent
        assert sent is not None
        self._clean = body
        seen = self._drafts[sent.kind].version
        self.background.command(
            self._stored, save_text, self.op_id, sent.kind, sent.body, sent.note, seen
        )

    def _stored(self, version: int) -> None:
        sent = self._sent
        assert sent is not None
        draft = self._drafts[sent.kind]
        draft.stored, draft.version = self._clean, version
        if text_in(draft.document) == sent.body != self._clean:
            replace_text(draft.document, self._clean)  # blanks at line ends are not kept
        self._clear_note(sent.kind)
        self.context.pad.drop(_place(sent.kind))
        self.saved(f"Naskah disimpan sebagai versi {version}. Surat berikutnya memakainya.")
        self._say_state()

    def _clear_note(self, kind: str) -> None:
        self._drafts[kind].note = ""
        if kind == self._kind:
            self.pane.note_field.clear()

    def show_stored(self) -> None:
        if draft := self._draft:
            replace_text(draft.document, draft.stored)
            self.context.pad.drop(_place(self._kind))
            self._say_state()

    def show_at_field(self, message: str, field: str | None) -> None:
        sent = self._sent
        if field == "note":
            self.pane.note_field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif field and field.startswith(LINE_FIELD) and sent and sent.kind == self._kind:
            line = int(field.removeprefix(LINE_FIELD))
            said = message.removeprefix(f"Naskah baris {line}: ")
            self.pane.show_problem(TextProblem(line, said))
            self._show_part(self.pane)
            self.pane.go_to_fault()

    @Slot(str, object)
    def _note_refusal(self, message: str, field: str | None) -> None:
        self.letter.give_up()
        if not self.isVisible():
            self.busy = False  # it may be tried again when one comes back
        super()._note_refusal(message, field)

    # Earlier versions

    @Slot(object)
    def take_version(self, version: TextVersion) -> None:
        """Put an earlier text into the editor, to be looked at and saved."""
        draft, name = self._draft, f"versi {version.version}"
        if not version.own:
            self.restore_program()
        elif draft is not None and self._may_replace(name):
            replace_text(draft.document, version.body)
            self.pane.note_field.setText(f"Kembali ke {name}")
            self._say_state()
            self.say(f"Naskah {name} ada di editor. Periksa gambarnya, lalu simpan (F12).")
            self._go_to_text()

    def _may_replace(self, name: str) -> bool:
        return not self.dirty or confirm.ask(
            self,
            "Ganti naskah yang sedang diketik",
            f"Yang diketik belum disimpan dan diganti dengan naskah {name}.",
            "Ya, ganti",
        )

    @Slot()
    def restore_program(self) -> None:
        """Use the program's own text again, after asking."""
        draft = self._draft
        if draft is None or self.busy:
            return
        lost = " Yang sedang diketik dibuang." if self.dirty else ""
        if confirm.ask(
            self,
            "Kembali ke teks bawaan program",
            "Surat berikutnya memakai teks bawaan program; teks kantor tetap tersimpan sebagai "
            f"versi lama.{lost}",
            "Ya, pakai teks bawaan",
        ):
            self.sending()
            self._sent = Sent(self._kind, "", self.pane.note_field.text())
            self.background.command(
                self._restored,
                restore_program_text,
                self.op_id,
                self._kind,
                self._sent.note,
                draft.version,
            )

    def _restored(self, version: int) -> None:
        assert self._sent is not None
        self._drafts[self._sent.kind].renew = True
        self.context.pad.drop(_place(self._sent.kind))
        self._clear_note(self._sent.kind)
        self.saved(f"Teks bawaan program dipakai lagi, sebagai versi {version}.")
