"""One text that is too long to be kept takes nothing else from the pad with it."""

from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.scratch import MOST_BODY
from tests.ui.screen_tools import ContextOf, Heard
from tests.walking import rows


def test_what_else_is_typed_is_kept_beside_a_text_that_is_too_long(
    qtbot: QtBot, context_of: ContextOf
) -> None:
    context = context_of(Role.PELAYANAN)
    heard, pad = Heard(context), context.pad

    pad.put("panjang", 0, {"text": "a" * (MOST_BODY + 1)})
    pad.put("alasan", 0, {"text": "Salah nama"})
    qtbot.waitUntil(lambda: pad.holds("alasan"))
    assert not pad.holds("panjang")
    pad.put("catatan", 0, {"text": "Besok"})
    qtbot.waitUntil(lambda: pad.holds("catatan"))
    told = [text for text, _field in heard.refused]
    assert len(told) == 1
    assert "terlalu panjang" in told[0]

    pad.put("panjang", 0, {"text": "a"})
    qtbot.waitUntil(lambda: pad.holds("panjang"))
    found = rows(context.background.desk.store.path, "SELECT place FROM scratch ORDER BY place")
    assert [row["place"] for row in found] == ["alasan", "catatan", "panjang"]
