"""Who may have decided a step on paper on a given day."""

from collections.abc import Sequence
from datetime import date

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.people import officials
from kecamatan_desk.usecases.people_values import Official


def deciders(
    work: UnitOfWork, roles: Sequence[Role], day: date
) -> tuple[tuple[Role, Official], ...]:
    """List (role, official) for the roles that may act on a step, the proper one first (rule 8).

    A superior in line stands after the step's own officials (rule 1).
    """
    work.require(Role.REGISTER)
    return tuple((role, one) for role in roles for one in officials(work, role, day))
