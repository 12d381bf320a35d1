"""Comparing an anchor typed from paper with the office's chain, for the window.

The command line compares within ``check``, which proves the chain itself as well.
"""

from kecamatan_desk.domain.anchors import AnchorVerdict, parse_anchor
from kecamatan_desk.domain.roles import STAFF
from kecamatan_desk.persistence.audit.closings import compare_anchors
from kecamatan_desk.usecases.desk import UnitOfWork


def compare(work: UnitOfWork, typed: str) -> AnchorVerdict:
    """Say whether the chain still is the one on the paper; InputError for what is no anchor.

    Whether every event still is what its hash says is for ``check`` to tell.
    """
    work.require(*STAFF)
    (verdict,) = compare_anchors(work.session.connection(), (parse_anchor(typed),))
    return verdict
