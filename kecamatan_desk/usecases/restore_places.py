"""An office stays an office, a practice a practice, and this office this one: also when damaged.

What a directory is for is asked of its data, then of its backups and of what older generations are
still there. Where nothing can be read any more, only invented data are kept out: an office must get
its data back, a practice place is made anew in a minute.
"""

from collections.abc import Iterator

from kecamatan_desk.domain.errors import DeskError, RuleError
from kecamatan_desk.paths import Place, is_practice
from kecamatan_desk.persistence.generations import DATABASE, OLD, generations
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases.backup_making import Facts, facts_of
from kecamatan_desk.usecases.restore_sources import left_behind, vault_told

OFFICE, PRACTICE = "office", "practice"
_NAMED = ("--data", "--into", "test")  # a directory somebody has named: any kind may come there


def refuse_other_kind(place: Place, facts: Facts) -> None:
    """Raise RuleError unless a backup with these facts may come into this directory."""
    known = next(_told_of(place), None)
    kind = known[1] if known else _kind_by_name(place)
    if kind and kind != facts.kind:
        there = "data kantor" if facts.kind == OFFICE else "data latihan"
        here_is = "kantor yang sebenarnya" if kind == OFFICE else "latihan"
        raise RuleError(
            f"Cadangan ini {there}, sedangkan tempat ini untuk {here_is}. Tidak ada yang berubah; "
            "pilih cadangan lain."
        )
    if known and known[0] != facts.office:
        raise RuleError(
            f"Cadangan ini milik kantor lain ({facts.name or 'tanpa nama'}). Tidak ada yang "
            "berubah; pilih cadangan kantor ini, atau pulihkan ke folder data lain."
        )
    if not known and facts.kind == PRACTICE and _holds_something(place):
        raise RuleError(
            "Cadangan ini data latihan, sedangkan di tempat ini ada data yang tidak terbaca, jadi "
            "mungkin data kantor. Tidak ada yang berubah; pulihkan latihan ke folder lain."
        )


def _told_of(place: Place) -> Iterator[tuple[str, str]]:
    """Yield (office, kind) as the data tell, the backups, and each older generation."""
    if place.exists:
        try:
            here = facts_of(place.current_database)
            yield here.office, here.kind
        except DeskError:
            pass
    if (told := vault_told(Vault(place.backups))) is not None:
        yield told
    aside = place.backups / OLD
    older = [place.root / name for name in reversed(generations(place))]
    older += sorted(aside.iterdir(), reverse=True) if aside.is_dir() else []
    for generation in older:
        left = left_behind(generation / DATABASE, 0)
        if left is None or left.seq == 0:
            continue  # unreadable, or begun by a start that never came to an office
        try:
            facts = facts_of(generation / DATABASE)
        except DeskError:
            continue
        yield facts.office, facts.kind


def _kind_by_name(place: Place) -> str:
    if place.chosen in _NAMED and not is_practice(place):
        return ""
    return PRACTICE if is_practice(place) else OFFICE


def _holds_something(place: Place) -> bool:
    """Tell whether anything lies here that an office may have made."""
    if place.exists or generations(place):
        return True
    folders = (place.documents, place.attachments, place.journal, place.backups, place.key)
    return any(folder.is_dir() and any(folder.iterdir()) for folder in folders)
