"""Proving that a database is whole: read-only, in short transactions, with bounded memory.

What is found is named by table and id, never by the data of a person.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kecamatan_desk.domain.anchors import Anchor
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.persistence.audit.chain import check_archive, check_chain
from kecamatan_desk.persistence.audit.closings import check_anchors, check_closings
from kecamatan_desk.persistence.audit.inserted import check_agreements, check_inserted
from kecamatan_desk.persistence.audit.numbers import (
    check_blocks,
    check_counters,
    check_issues,
    check_lines,
)
from kecamatan_desk.persistence.audit.papers import check_documents, check_scans
from kecamatan_desk.persistence.audit.reading import Audit, Finding
from kecamatan_desk.persistence.audit.requests import check_requests
from kecamatan_desk.persistence.audit.shape import check_file, check_instance, check_shape

__all__ = ["Audit", "Finding", "audit"]

#: In this order: what cannot be read at all is told before what is wrong in it.
STEPS = (
    check_file,
    check_shape,
    check_instance,
    check_chain,
    check_archive,
    check_counters,
    check_issues,
    check_lines,
    check_blocks,
    check_inserted,
    check_agreements,
    check_requests,
    check_closings,
)
#: What is kept as files beside the database; a backup proves these itself.
FILE_STEPS = (check_documents, check_scans)


def audit(
    database: Path,
    documents: Path,
    anchors: Sequence[Anchor] = (),
    *,
    files: bool = True,
    immutable: bool = False,
    gauge: Gauge | None = None,
) -> Audit:
    """Check a database and its stored documents; the result holds counts and findings.

    ``anchors``, typed from paper, are compared with the chain.
    ``files`` False leaves the documents alone. ``immutable``: nobody writes to the file, which is
    read past every lock. MachineError when the file was written by another version of the program.
    ``gauge`` is told how far the check is; Cancelled when nobody wants the rest.
    """
    found = Audit(database, documents, immutable=immutable)
    steps = (*STEPS, *(FILE_STEPS if files else ()))
    try:
        if found.begin():
            for place, step in enumerate(steps):
                if gauge is not None:
                    found.tell = partial(gauge.tell, place, len(steps))
                    found.tell()
                found.step(step)
            found.step(partial(check_anchors, anchors=anchors))
    finally:
        found.close()
    return found
