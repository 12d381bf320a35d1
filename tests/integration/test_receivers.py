"""Hand-over: who is not the applicant is written down with his relation to him."""

from collections.abc import Callable

import pytest

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.processing import hand_over
from kecamatan_desk.usecases.receivers import receiver_notes
from kecamatan_desk.usecases.values import Handover, Receipt
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.builders import op, seen
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]


def ready(desk_of: DeskOf) -> Receipt:
    return brought_to(desk_of, "sktm", "serahkan", nama="Hj. Dewi Lestari, S.Pd.")


def test_another_name_is_refused_as_himself_and_nothing_changes(desk_of: DeskOf) -> None:
    receipt = ready(desk_of)
    desk = desk_of(Role.PELAYANAN)

    with pytest.raises(InputError, match="bukan pemohon") as told:
        desk.call(hand_over, op(), seen(receipt), Handover("Asep Kurniawan", "Sendiri", "KTP-el"))

    assert told.value.field == "hubungan"
    assert desk.ask(request_view, receipt.request_id).status is Status.RUNNING
    done = desk.call(
        hand_over, op(), seen(receipt), Handover("Asep Kurniawan", "Keluarga", "KTP-el")
    )
    assert done.status == Status.DONE


def test_the_applicant_may_be_written_without_titles(desk_of: DeskOf) -> None:
    receipt = ready(desk_of)
    told = Handover("DEWI LESTARI", "Sendiri", "KTP-el")

    assert desk_of(Role.PELAYANAN).call(hand_over, op(), seen(receipt), told).status == Status.DONE


def test_whoever_was_not_named_at_take_in_is_warned_of() -> None:
    named = {"diurus-oleh": "Kuasa", "kuasa-nama": "Siti Aminah"}

    (note,) = receiver_notes("Dewi", {}, "Asep", "Kuasa")
    assert note.field == "penerima"
    assert "surat kuasa" in note.advice
    (other,) = receiver_notes("Dewi", named, "Asep", "Keluarga")
    assert "Siti Aminah" in other.message
    assert receiver_notes("Dewi", named, "siti aminah", "Kuasa") == ()
    assert receiver_notes("Dewi", {}, "Dewi", "Sendiri") == ()
