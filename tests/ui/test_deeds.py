"""The table of deeds knows every step that waits in a work list or a signing folder."""

import pytest

from kecamatan_desk.ui.screens.deeds import DEEDS, How, list_of
from kecamatan_desk.usecases.moving import list_kind
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Place, Status
from kecamatan_desk.workflows.vocabulary import Service, Step

WAITING = [
    pytest.param(service, step, id=f"{service.code}-{step.code}")
    for service in SERVICES.values()
    for step in service.steps[1:]
    if (not step.with_previous and step is not service.steps[1]) or step is service.first_decision
]


@pytest.mark.parametrize(("service", "step"), WAITING)
def test_every_step_has_its_list_and_its_deed(service: Service, step: Step) -> None:
    kind = list_kind(Place(Status.RUNNING, step.code), step)

    assert list_of(step.code) == kind
    if kind != "siap" and step.code != "register":
        assert (DEEDS[step.code].how is How.CHECK) == (step is service.first_decision)
