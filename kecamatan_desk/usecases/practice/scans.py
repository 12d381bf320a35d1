"""Scans of the papers some invented applicants bring, so that the tab Lampiran can be tried.

They are made here, so nobody need look into them in a process of their own as into a stranger's.
"""

from uuid import uuid4

from kecamatan_desk.documents.sample_scan import sample_pdf, sample_picture
from kecamatan_desk.documents.scan_reading import Scan
from kecamatan_desk.domain.scans import JPEG, PDF
from kecamatan_desk.usecases.attachments import note_scan, scans_of
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.practice.scene import Scene, Values
from kecamatan_desk.workflows.vocabulary import Service

_EACH, _FIRST = 10, 5  # one file of so many has scans: enough to try, too few to be waited for


def bring_scans(desk: Desk, request_id: int, service: Service, scene: Scene, data: Values) -> None:
    """Add what an applicant brought to every tenth request, if its checklist asks for it.

    A hidden reporter's file gets none.
    """
    asked = {paper.code for paper in service.requirements} & {"ktp", "kk"}
    if request_id % _EACH != _FIRST or not asked or data.get("rahasia") == "ya":
        return
    one, home = scene.applicant, scene.home
    who = [("NIK", one.nik), ("Nama", one.name)]
    born = f"{one.birthplace}, {one.born:%d-%m-%Y}"
    place = [("Alamat", home.address), ("Agama", home.religion)]
    if "ktp" in asked:
        rows = [*who, ("Tempat/tgl. lahir", born), *place]
        scan = Scan(JPEG, 1, sample_picture("KARTU TANDA PENDUDUK (CONTOH)", rows))
        _add(desk, request_id, "KTP contoh.jpg", scan, "ktp")
    if "kk" in asked:
        rows = [("Nomor KK", home.kk), *who[1:], *place]
        scan = Scan(PDF, 1, sample_pdf("KARTU KELUARGA (CONTOH)", rows))
        _add(desk, request_id, "KK contoh.pdf", scan, "kk")


def _add(desk: Desk, request_id: int, label: str, scan: Scan, paper: str) -> None:
    sha256 = scans_of(desk).keep(scan.content)
    desk.call(note_scan, uuid4().hex, request_id, label, scan, sha256, paper)
