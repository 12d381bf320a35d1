"""Pemeriksaan Data: is everything still as it was written? In words an official understands."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from kecamatan_desk.domain.anchors import AnchorVerdict, Outcome
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import clock, grouped, long_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.check_watch import RUNNING, checked_now
from kecamatan_desk.ui.dialogs.incident import IncidentDialog
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, col, label, pic, restyle, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5, S6
from kecamatan_desk.usecases.anchors import compare
from kecamatan_desk.usecases.check_values import CheckState, DataCheck, FindingGroup
from kecamatan_desk.usecases.data_check import check_state
from kecamatan_desk.usecases.event_papers import check_pdf
from kecamatan_desk.usecases.incident import Incident, incident_pdf, suggested

_WIDE = 860  # px at 100 %
_MOST_LINES = 20  # technical lines shown of one kind
#: State (colour), icon and words of what comparing a figure from paper has shown.
_VERDICTS = {
    Outcome.MATCH: ("ok", "circle-check", "Cocok"),
    Outcome.NO_MATCH: ("late", "circle-x", "Tidak cocok"),
    Outcome.CUT_OFF: ("late", "triangle-alert", "Terpotong"),
}


class DataCheckScreen(Screen):
    """A sign, the last result and its findings; below it figures from closing pages."""

    TITLE = "Pemeriksaan Data"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.result: DataCheck | None = None
        self._running: Progress | None = None
        self._op_id = new_op_id()
        self.icon = pic("circle-help", "rest", 40)
        self.sign = label("", "title", wrap=True)
        self.when = label("", ink="muted", wrap=True)
        self.numbers = label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Kemajuan pemeriksaan")
        self.bar.hide()
        self.findings = col(gap=S3)
        self.checked = label("", "caption", "muted", wrap=True)
        self.uncovered = label("", "caption", "muted", wrap=True)
        self.field = QLineEdit()
        self.field.setObjectName("anchor-field")
        self.field.setAccessibleName("Sidik rantai dari halaman penutup")
        self.field.setPlaceholderText("1234 31-05-2026 A1B2 C3D4 E5F6 0718")
        self.compare_button = Button("Bandingkan", "", "small", name="compare-anchor")
        self.verdict = _Verdict()
        self.print_button = Button("Cetak hasil", "F7", "plain", "printer", name="print-check")
        self.incident_button = Button(
            "Lembar insiden data", "F8", "plain", "triangle-alert", name="incident-sheet"
        )
        self.dialog: IncidentDialog | None = None
        self.stop_button = Button("Hentikan", "F6", "plain", "x", name="stop-check")
        self.run_button = Button("Periksa sekarang", "F12", "primary", name="run-check")
        self._lay_out()
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self.stop)
        self.print_button.clicked.connect(self.print_result)
        self.incident_button.clicked.connect(self.ask_incident)
        self.compare_button.clicked.connect(self.compare)
        self.field.returnPressed.connect(self.compare)
        self._show_running(False)

    def _lay_out(self) -> None:
        words = col(self.sign, self.when, self.numbers, self.bar, gap=S1)
        self.ground = row(col(self.icon, None, gap=0), (words, 1), gap=S4, pad=(S5, S4, S5, S4))
        self.ground.setProperty("chip", "rest")
        hint = label(
            "Ketik atau pindai sidik rantai pada halaman penutup yang ditandatangani. Inilah "
            "satu-satunya cara melihat bila seluruh riwayat ditulis ulang.",
            ink="muted",
            wrap=True,
        )
        hint.setBuddy(self.field)
        paper = col(
            label("Bandingkan dengan halaman penutup", "head"),
            hint,
            row((self.field, 1), self.compare_button, gap=S2),
            self.verdict,
            gap=S2,
            pad=(S4, S3, S4, S3),
            card="true",
        )
        body = col(
            label(self.TITLE, "title"),
            self.ground,
            self.findings,
            paper,
            self.checked,
            self.uncovered,
            None,
            gap=S3,
        )
        body.setMaximumWidth(look().px(_WIDE))
        inside = row((body, 1), pad=(S6, S4, S6, S4), plane="bg")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll_area(inside), 1)
        layout.addWidget(
            action_bar(
                self.print_button, self.incident_button, None, self.stop_button, self.run_button
            )
        )

    # What the shell asks

    def reload(self) -> None:
        if self._running is None:
            self.background.job(self._take, check_state)

    def first_focus(self) -> QWidget | None:
        return self.run_button if self.run_button.isEnabled() else self.field

    # The check

    @Slot()
    def run(self) -> None:
        """F12: check everything; the counter goes on beside it."""
        if self._running is not None:
            return
        self._running = Progress(self)
        self._running.advanced.connect(self._advance)
        RUNNING.add(self._running)
        self._show_running(True)
        self.background.print_job(self._done, checked_now, self._running)

    @Slot(int)
    def _advance(self, percent: int) -> None:
        self.bar.setValue(percent)
        self._set_sign("rest", "hourglass", f"Data sedang diperiksa, {percent} %")

    @Slot()
    def stop(self) -> None:
        """F6: leave the check; what was found before stays shown."""
        if self._running is not None:
            self._running.stop()

    def _done(self, result: DataCheck | DeskError | None) -> None:
        self._rest()
        if isinstance(result, DeskError):
            self.complain(str(result))
            self.reload()
            return
        if result is None:
            self.say("Pemeriksaan dihentikan. Tidak ada yang berubah; hasil sebelumnya tetap.")
            self.reload()
            return
        self._show(result)
        if result.unkept:
            self.complain("Hasil pemeriksaan tidak dapat disimpan. Cetaklah dengan F7 sekarang.")
        elif result.ok:
            self.say("Pemeriksaan selesai: data utuh.")
        else:
            self.complain(f"Pemeriksaan selesai: {result.total} temuan. Bacalah di bawah ini.")
        self.background.job(self._take, check_state)

    def refusal(self, message: str, field: str | None) -> None:
        if self.dialog is not None:
            self.dialog.show_refusal(message, field)
        if field == "anchor":
            self.verdict.show_words("rest", "circle-help", "Tidak terbaca", message)

    def _rest(self) -> None:
        if self._running is not None:
            RUNNING.discard(self._running)
        self._running = None
        self._show_running(False)

    def _show_running(self, running: bool) -> None:
        self.bar.setValue(0)
        self.bar.setVisible(running)
        begins, ends = self.run_button, self.stop_button
        now, before = (ends, begins) if running else (begins, ends)
        had_keyboard = before.hasFocus()
        begins.setEnabled(True)
        ends.setVisible(True)
        if had_keyboard:  # else Qt gives it to the search, where the next keys would be lost
            now.setFocus()
        begins.setEnabled(not running)
        ends.setVisible(running)
        self.print_button.setEnabled(not running and self.result is not None)
        if running:
            self._set_sign("rest", "hourglass", "Data sedang diperiksa …")
            self.when.setText("Pekerjaan di loket berjalan terus. Dapat dihentikan dengan F6.")

    # What is shown

    def _take(self, state: CheckState) -> None:
        if self._running is not None:
            return
        held = state.held
        self.numbers.setText(
            f"Nomor tidak diberikan: {held}" if held else "Nomor: urut dan lengkap sejak dibuka."
        )
        restyle(self.numbers, ink="late" if held else "text")
        if state.last is None and (self.result is None or not self.result.unkept):
            self._show_never()
        elif state.last is not None:
            self._show(state.last, due=state.due)

    def _show_never(self) -> None:
        self._set_sign("rest", "circle-help", "Belum pernah diperiksa")
        self.when.setText("Tekan F12 untuk memeriksa. Seminggu sekali program memeriksa sendiri.")
        for text in (self.checked, self.uncovered):
            text.setText("")

    def _show(self, result: DataCheck, *, due: bool = False) -> None:
        self.result = result
        self.print_button.setEnabled(True)
        if result.ok:
            self._set_sign("ok", "circle-check", "Data utuh")
        else:
            heavy = any(group.is_heavy for group in result.groups)
            words = "Ada yang berubah di luar program" if heavy else "Ada yang perlu dilihat"
            self._set_sign("late" if heavy else "warn", "triangle-alert", words)
        late = " Sudah lebih dari seminggu; periksa lagi." if due else ""
        self.when.setText(
            f"Diperiksa {self._moment(result.at)} oleh {result.by.rstrip('.')}.{late}"
        )
        self._show_groups(result.groups)
        amounts = ", ".join(f"{grouped(amount)} {words}" for words, amount in result.checked)
        self.checked.setText(f"Yang diperiksa: {amounts}." if amounts else "")
        self.uncovered.setText("Tidak termasuk: " + "; ".join(result.not_covered) + ".")

    def _set_sign(self, state: str, glyph: str, words: str) -> None:
        self.icon.show_icon(glyph, state)
        self.sign.setText(words)
        restyle(self.sign, ink=state)
        restyle(self.ground, chip=state)

    def _show_groups(self, groups: tuple[FindingGroup, ...]) -> None:
        layout = self.findings.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for group in groups:
            layout.addWidget(FindingCard(group))
        self.findings.setVisible(bool(groups))

    def _moment(self, at: datetime) -> str:
        there = at.astimezone(self.context.zone)
        return f"{long_date(there.date())} pukul {clock(there)}"

    # Paper

    @Slot()
    def print_result(self) -> None:
        """F7: the result shown, on paper."""
        if self.result is not None:
            self.background.job(self._print, check_pdf, self._op_id, self.result)

    def _print(self, pdf: bytes) -> None:
        self._op_id = new_op_id()
        self.context.printing.print_pdf(self, pdf, "slip", "Hasil pemeriksaan data")

    @Slot()
    def ask_incident(self) -> None:
        """F8: the worksheet for a breach of data."""
        self.background.query(self._open_incident, suggested)

    def _open_incident(self, first: Incident) -> None:
        if not self.isVisible():
            return  # he has gone elsewhere, or the desk is locked
        self.dialog = IncidentDialog(self.window(), first)
        self.dialog.asked.connect(self._make_incident)
        self.dialog.finished.connect(self._drop_incident)
        self.dialog.open()

    @Slot(object)
    def _make_incident(self, incident: Incident) -> None:
        self.background.job(self._print_incident, incident_pdf, new_op_id(), incident)

    def _print_incident(self, pdf: bytes) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.context.printing.print_pdf(self, pdf, "lembar", "Lembar insiden data")

    @Slot()
    def _drop_incident(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    @Slot()
    def compare(self) -> None:
        """Enter: compare what was typed from paper with the chain."""
        typed = self.field.text().strip()
        if not typed:
            self.complain("Belum ada sidik. Ketik seperti tercetak pada halaman penutup.")
        else:
            self.background.query(self._show_verdict, compare, typed)
        self.field.setFocus()
        self.field.selectAll()

    def _show_verdict(self, verdict: AnchorVerdict) -> None:
        state, glyph, words = _VERDICTS[verdict.outcome]
        said = verdict.message.partition(": ")[2] or verdict.message
        self.verdict.show_words(state, glyph, words, f"{said[:1].upper()}{said[1:]}")


class _Verdict(QFrame):
    """A sign and a sentence on the colour of the verdict; hidden until there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = pic("circle-check", "ok", 20)
        self.words = label("", "bodyb")
        self.reason = label("", wrap=True)
        self._ground = row(
            col(self.icon, None, gap=0),
            (col(self.words, self.reason, gap=0), 1),
            gap=S3,
            pad=(S3, S2, S3, S2),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._ground)
        self.hide()

    def show_words(self, state: str, glyph: str, words: str, reason: str) -> None:
        """Show a verdict."""
        self.icon.show_icon(glyph, state)
        self.words.setText(words)
        self.reason.setText(reason)
        restyle(self.words, ink=state)
        restyle(self._ground, chip=state)
        self.setAccessibleName(f"{words}. {reason}")
        self.show()


class FindingCard(QFrame):
    """One kind of finding: what it means, what to do; its technical lines are folded."""

    def __init__(self, group: FindingGroup) -> None:
        super().__init__()
        state = "late" if group.is_heavy else "warn"
        head = row(
            pic("triangle-alert", state, 20),
            (label(group.title, "head", wrap=True), 1),
            label(f"{group.gravity}, {len(group.lines)} temuan", "captionb", state),
            gap=S2,
        )
        shown = group.lines[:_MOST_LINES]
        left = len(group.lines) - len(shown)
        more = (f"dan {left} baris lagi (lihat cetakan)",) if left else ()
        self.lines = label("\n".join((*shown, *more)), "caption", "muted", wrap=True)
        self.lines.hide()
        self.fold_button = Button(
            "Tampilkan rincian teknis", "", "link", name=f"details-{group.kind}"
        )
        self.fold_button.clicked.connect(self._fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            col(
                head,
                label(group.meaning, wrap=True),
                label("Yang harus dilakukan", "captionb", "muted"),
                label(group.to_do, wrap=True),
                row(self.fold_button, None),
                self.lines,
                gap=S1,
                pad=(S4, S3, S4, S3),
                card="true",
            )
        )

    @Slot()
    def _fold(self) -> None:
        folded = not self.lines.isHidden()
        self.lines.setHidden(folded)
        words = "Tampilkan rincian teknis" if folded else "Sembunyikan rincian teknis"
        self.fold_button.set_words(words)
