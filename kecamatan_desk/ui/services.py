"""Names of services and steps for screens, from the catalog."""

from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service


def service_of(code: str) -> Service | None:
    """Give the service with this code, or None when this version knows none."""
    return SERVICES.get(code)


def service_short(code: str) -> str:
    """Give a word or two: `Perubahan KK`."""
    service = service_of(code)
    return service.short if service else code


def service_label(code: str) -> str:
    """Give the whole name: `Rekomendasi Perubahan Kartu Keluarga (KK)`."""
    service = service_of(code)
    return service.label if service else code
