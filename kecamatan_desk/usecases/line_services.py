"""What the book's lines are of: one of the services, or a letter written outside the program."""

from collections.abc import Mapping

from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Family, Letter, Service, Signing

#: Code of the lines that belong to no service.
OTHER = "lain"

#: Stands in for a service where a line is shown. It has no SOP, so no request is ever of it.
OTHER_SERVICE = Service(
    code=OTHER,
    title="",
    label="Surat lain",
    short="Surat lain",
    abbreviation="UMUM",
    classification="",
    family=Family.A,
    lanes=(),
    steps=(),
    sections=(),
    requirements=(),
    letters=(Letter("", "Surat", Signing.CAMAT, "register"),),
)

#: Whatever may stand in a line's ``service``, by code.
LINE_SERVICES: Mapping[str, Service] = {**SERVICES, OTHER: OTHER_SERVICE}
