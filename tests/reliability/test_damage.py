"""P11, P6: what is done to the files behind the program's back is noticed, and by whom."""

from pathlib import Path

import pytest

from benchmarks.reliability import bit_rot, tampering

FLIPS, TIMES = 80, 4  # the bench: 400 and 30


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tampering.Book:
    """A book, how it looked at earlier moments, and an anchor on paper."""
    return tampering.make_book(tmp_path_factory.mktemp("book"), 16)


def test_every_bit_of_evidence_and_of_papers_counts(tmp_path: Path) -> None:
    found = bit_rot.run(bit_rot.make_book(tmp_path / "data", 6), FLIPS)
    assert found.flips[bit_rot.EVIDENCE] > 0
    assert found.proved
    assert found.sealed == FLIPS


def test_no_attack_escapes_the_chain_and_the_anchor_together(
    book: tampering.Book, tmp_path: Path
) -> None:
    found = tampering.run(book, tmp_path, TIMES)
    assert len(found) == 7
    assert [said for one in found.values() for said in one.unnoticed] == []
    # the chain by itself cannot know of these two: that is what the anchor is for
    alone = {name for name, one in found.items() if one.chain == 0}
    assert alone == {"cut the tail", "rewrite and rebuild"}
