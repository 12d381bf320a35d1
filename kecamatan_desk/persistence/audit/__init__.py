"""Proving that a database is whole: read-only, in short transactions, with bounded memory.

What is found is named by table and id, never by the data of a person.
"""

from pathlib import Path

from kecamatan_desk.persistence.audit.chain import check_archive, check_chain
from kecamatan_desk.persistence.audit.numbers import check_counters, check_issues, check_lines
from kecamatan_desk.persistence.audit.papers import check_documents
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
    check_requests,
    check_documents,
)


def audit(database: Path, documents: Path) -> Audit:
    """Check a database and its stored documents; the result holds counts and findings.

    MachineError when the file was written by another version of the program.
    """
    found = Audit(database, documents)
    try:
        if found.begin():
            for step in STEPS:
                found.step(step)
    finally:
        found.close()
    return found
