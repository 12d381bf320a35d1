"""Courtesy of long jobs towards the counter."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_QUICK = 0.0001  # s; Python's own is 0.005


@contextmanager
def counter_first() -> Iterator[None]:
    """Let other threads of the program in after 0.1 ms of computing, not after 5.

    A commit at the counter waits for its turn each time the disk has answered; beside a book of
    10,000 lines that adds up to what a clerk notices.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _QUICK))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
