"""The services of the office, in the order of its SOPs.

The modules are named here one by one: bundling and import checks see them, and a forgotten line
fails a test.
"""

from kecamatan_desk.workflows.catalog import (
    ahli_waris,
    akta_kelahiran,
    akta_kematian,
    belum_menikah,
    bepergian,
    calon_tki,
    dispensasi_nikah,
    ijin_keramaian,
    kia,
    ktp,
    oss,
    penduduk_datang,
    penduduk_pindah,
    pengaduan,
    perekaman_ktp,
    perubahan_kk,
    proposal_bantuan,
    skck,
    sktm,
    susunan_keluarga,
)
from kecamatan_desk.workflows.vocabulary import Service

_IN_ORDER = (
    perekaman_ktp.SERVICE,
    ktp.SERVICE,
    perubahan_kk.SERVICE,
    penduduk_datang.SERVICE,
    penduduk_pindah.SERVICE,
    akta_kelahiran.SERVICE,
    akta_kematian.SERVICE,
    kia.SERVICE,
    ahli_waris.SERVICE,
    bepergian.SERVICE,
    sktm.SERVICE,
    belum_menikah.SERVICE,
    calon_tki.SERVICE,
    ijin_keramaian.SERVICE,
    skck.SERVICE,
    dispensasi_nikah.SERVICE,
    susunan_keluarga.SERVICE,
    proposal_bantuan.SERVICE,
    oss.SERVICE,
    pengaduan.SERVICE,
)

#: All services by code, in the order of the office's own list.
SERVICES: dict[str, Service] = {service.code: service for service in _IN_ORDER}
