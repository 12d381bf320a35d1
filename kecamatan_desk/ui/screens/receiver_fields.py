"""The receiver's fields keep true: who is not the applicant did not come himself."""

from __future__ import annotations

from collections.abc import Collection

from kecamatan_desk.domain.names import same_name
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.usecases.receivers import HIMSELF, receiver_notes
from kecamatan_desk.usecases.values import RequestView

RECEIVED_BY, RELATION = "penerima", "hubungan"


def fit_relation(form: FieldsForm, view: RequestView, typed: Collection[str]) -> None:
    """Unset *Sendiri* as soon as the name is another's; set it again when it is the applicant's.

    ``typed``: codes the user has typed in; a relation he has chosen himself is left alone, unless
    it has become untrue.
    """
    if RECEIVED_BY not in form.shown:
        return
    values = form.values()
    receiver, relation = str(values.get(RECEIVED_BY) or ""), str(values.get(RELATION) or "")
    himself = same_name(receiver, view.applicant)
    if relation == HIMSELF and not himself:
        form.set_values({RELATION: None})
        relation = ""
    elif himself and relation != HIMSELF and RELATION not in typed:
        form.set_values({RELATION: HIMSELF}, filled=True)
        relation = HIMSELF
    form.show_notes(receiver_notes(view.applicant, view.data, receiver, relation))
