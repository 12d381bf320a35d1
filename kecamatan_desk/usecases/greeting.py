"""What somebody reads who has just come in: wrong tries in his name, when he was last here."""

from datetime import datetime, tzinfo

from kecamatan_desk.domain.indonesian import clock, long_date
from kecamatan_desk.usecases.entrance_values import Welcome


def greeting(welcome: Welcome, zone: tzinfo, *, again: bool) -> tuple[str, bool]:
    """Give the sentence, and whether it is a warning; *again*: he only unlocks his own desk."""
    said = list(welcome.news)
    when = _moment(welcome.last_in, zone) if welcome.last_in else ""
    if welcome.failures:
        since = f" sejak {when}" if when else ""
        said.append(
            f"{welcome.failures} percobaan masuk yang salah atas nama Anda{since}. Bila bukan "
            "Anda, ganti kata sandi pada menu Saya dan beri tahu Administrator."
        )
    if welcome.pin_gone:
        said.append("PIN Anda dibuat di komputer lain: buat PIN baru pada menu Saya.")
    if said:
        return " ".join(said), True
    return ("" if again or not when else f"Terakhir masuk {when}."), False


def _moment(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{long_date(local.date())} pukul {clock(local)}"
