"""What keeps a draft from being taken in, said before the use-case is asked, focus put there."""

from __future__ import annotations

from kecamatan_desk.ui.screens.intake_form import IntakeForm
from kecamatan_desk.ui.screens.papers_list import PapersList
from kecamatan_desk.usecases.answers import THERE


def form_hindrance(form: IntakeForm, *, kept: bool) -> str:
    """Give what is wrong with the fields, in a sentence; empty when they can be taken in.

    *kept*: the draft has reached the disk. With a full one, or a clock in doubt, it has not, and
    nobody may be told that it has.
    """
    if not form.form.check():
        rest = "Yang lain tersimpan; betulkan" if kept else "Betulkan"
        return f"Ada isian yang belum dapat dibaca. {rest} yang bertanda."
    for code in form.form.missing():
        name = form.form.field(code).field.label
        rest = "Yang sudah diketik tersimpan; lengkapi" if kept else "Lengkapi"
        text = f"{name} belum diisi. {rest} isian ini."
        form.form.show_error(code, text)
        return text
    return ""


def passing_hindrance(papers: PapersList) -> str:
    """Give which paper keeps the counter from saying *memenuhi syarat* (OSS, complaints)."""
    failing = {paper.requirement.code for paper in papers.failing()}
    for paper in papers.papers:
        if paper.missing or paper.requirement.code in failing:
            papers.go_to(paper.requirement.code)
            return (
                f"Berkas “{paper.requirement.name}” belum dijawab ada. Tekan 1 bila ada; bila "
                "pemohon harus kembali, tekan 2, tulis alasannya, lalu F8."
            )
    return ""


def marked_words(papers: PapersList) -> str:
    """Give how many papers are marked *ada*, where some have no answer yet; else nothing."""
    answers = [paper.answer.answer for paper in papers.papers]
    if all(answers):
        return ""
    return f"{answers.count(THERE)} dari {len(answers)} berkas ditandai ada."


def failing_hindrance(papers: PapersList) -> str:
    """Give what is still to be said before a file goes back to the applicant (TMS)."""
    if not papers.failing():
        papers.take_focus()
        return "Tandai dahulu berkas yang kurang: tekan 2, lalu tulis alasannya."
    for paper in papers.failing():
        if not paper.answer.reason:
            papers.go_to(paper.requirement.code, reason=True)
            return (
                f"Alasan untuk “{paper.requirement.name}” belum ditulis. Tulis apa yang kurang, "
                "agar pemohon tahu."
            )
    return ""
