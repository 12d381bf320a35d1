"""The sum that proves a series whole: counter = highest = numbers given + numbers in blocks.

Pure; ``check`` and the proof at the start of the program ask the same.
"""

from collections.abc import Sequence
from itertools import pairwise

from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE

_OTHERS = (FILES, QUEUE, MINUTES)


def is_of_agenda(series: str) -> bool:
    """Whether the numbers of a series are agenda numbers: each has a line of the book."""
    return series not in _OTHERS


def gaps(
    counter: int | None,
    given: tuple[int, int, int],
    blocks: Sequence[tuple[int, int]],
    inside: int,
) -> list[str]:
    """Say what is wrong with a series; nothing when its numbers run from 1 without a gap.

    ``given``: how many were given one by one, the lowest and the highest; ``blocks``: first and
    last of each, by the first; ``inside``: how many were given one by one within a block.
    """
    amount, first, last = given
    in_blocks = sum(end - begin + 1 for begin, end in blocks)
    lowest = min([first] * bool(amount) + [begin for begin, _ in blocks], default=1)
    highest = max([last] * bool(amount) + [end for _, end in blocks], default=0)
    found = []
    if counter is None or (amount + in_blocks, lowest, highest) != (counter, 1, counter):
        also = f" dan {in_blocks} dalam blok" if blocks else ""
        found.append(
            f"Pencacah {counter}, tercatat {amount} nomor{also} dari {lowest} sampai {highest}."
        )
    if inside:
        found.append(f"{inside} nomor diberikan dua kali: satu-satu dan dalam blok.")
    if any(end >= begin for (_, end), (begin, _) in pairwise(blocks)):
        found.append("Blok nomor bertindih.")
    return found
