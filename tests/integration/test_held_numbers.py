"""While the numbers of a place are not proved none is given: queue, agenda, Berita Acara."""

import pytest

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.processing import pass_check
from tests.builders import DeskOf, op, seen, taken_in
from tests.reserving import draft_of
from tests.walking import brought_to, dump, forward, papers


def test_no_queue_number_and_no_berita_acara_while_numbers_are_held(desk_of: DeskOf) -> None:
    waiting = taken_in(desk_of)
    complaint = brought_to(desk_of, "pengaduan", "keputusan")
    desk = desk_of(Role.KASI)
    desk_of(Role.CAMAT)  # who decides on the complaint: signing in writes too
    before = dump(desk.store.path)
    desk.store.held = "nomor seri SKTM 2026 tidak utuh (uji)."
    for deed in (
        lambda: desk.call(pass_check, op(), seen(waiting), papers("sktm")),
        lambda: forward(desk_of, complaint),
    ):
        with pytest.raises(RuleError, match="Nomor tidak dapat diberikan"):
            deed()
    assert dump(desk.store.path) == before
    assert draft_of(desk_of).file_code  # what is typed is kept all the same

    desk.store.held = ""
    assert forward(desk_of, complaint).minutes_number == 1
