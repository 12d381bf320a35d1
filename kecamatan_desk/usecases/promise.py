"""When a request taken in now will be done."""

from datetime import datetime

from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.workflows.catalog import SERVICES


def promised_time(work: UnitOfWork, service_code: str) -> datetime:
    """Give the moment (UTC) a request would be done if it were taken in now.

    The SOP's minutes laid on the office's own hours, as `take_in` does it.
    """
    return work.calendar.promised(work.now, SERVICES[service_code].total_minutes)
