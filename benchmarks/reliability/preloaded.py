"""What every worker needs, imported once by the server that workers are forked from.

Nothing here may open a database or start a thread: a fork would carry it along. One letter is
drawn on invented people, so that workers spend their short lives on disks and not on typefaces.
"""

from benchmarks.reliability import crowd, proving, witness
from kecamatan_desk.usecases.letter_texts import program_text
from kecamatan_desk.usecases.letter_trial import check_text

__all__ = ["crowd", "proving", "witness"]

check_text("sktm", program_text("sktm"))
