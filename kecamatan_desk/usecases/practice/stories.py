"""What may become of a request: one story for every state a file can be in.

A story is a generator. It does something at the desk of an officer, then yields the minute of
the time line at which it goes on; meanwhile other files are worked on.
"""

from uuid import uuid4

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, jobs, processing
from kecamatan_desk.usecases.clocks import ABSENT
from kecamatan_desk.usecases.practice.players import File, Story
from kecamatan_desk.usecases.values import Handover, Seen
from kecamatan_desk.workflows.fields import APPLICANT_CODES

RETURN_NOTES = {
    Role.KASI: "Nama pada konsep surat belum sama dengan KTP-el.",
    Role.SEKCAM: "Keperluan perlu ditulis lebih jelas.",
    Role.CAMAT: "Lampirkan dokumen pendukung yang masih kurang.",
}
REFUSALS = (
    "Data pada berkas tidak sesuai dengan keadaan sebenarnya.",
    "Permohonan bertentangan dengan ketentuan yang berlaku.",
)


def finished(file: File) -> Story:
    """From the counter to the hand-over."""
    yield from file.begin()
    yield from file.walk()


def drafted(file: File) -> Story:
    """Typed in part, not yet taken in."""
    file.meet()
    known = ("nik", "kk", "hp", "nama", "jenis-kelamin", "tempat-lahir", "tanggal-lahir", "desa")
    file.data = {code: file.data[code] for code in known if code in file.data}
    file.save()
    yield file.soon(0, 1)


def waiting(file: File, step: str) -> Story:
    """Waits for the officer of a step."""
    if step == file.service.steps[1].code:
        yield from drafted(file)
        return
    yield from file.begin()
    yield from file.walk(until=step)


def failed(file: File, visits: int = 1, returns: bool = False) -> Story:
    """Goes back to the applicant once or twice; with ``returns`` it is served in the end."""
    decides_at_once = file.service.steps[1].decision
    yield from file.begin(missing=1 if decides_at_once else 0)
    if not decides_at_once:
        yield from file.wait()
        file.check(missing=2)
    for visit in range(1, visits + 1):
        if visit == visits and not returns:
            return
        yield file.tomorrow(1)
        file.do(processing.record_return, by=file.officer(file.service.steps[1]))
        yield from file.wait()
        file.check(missing=1 if visit < visits else 0)
    yield from file.walk()


def expired(file: File, days: int) -> Story:
    """The applicant never comes back, and the time limit runs out."""
    yield from failed(file)
    yield file.tomorrow(days + 1)
    role = file.officer(file.service.steps[1])
    file.desk(role).call(processing.expire_overdue, uuid4().hex)


def closed(file: File) -> Story:
    """Cannot be served here: the applicant is told where to go."""
    yield from file.begin()
    yield from file.wait()
    reason = "Pemohon terdaftar di kecamatan lain, diarahkan ke kecamatan tempat tinggalnya."
    file.decide(processing.close_failed, reason)


def returned(file: File, step: str, target: str | None = None, ends: bool = False) -> Story:
    """An official sends the file back to be mended; with ``ends`` it is finished afterwards."""
    yield from file.begin()
    yield from file.walk(until=step)
    yield from file.wait()
    note = RETURN_NOTES[file.step.officer]
    file.decide(processing.send_back, target, note)
    if ends:
        yield from file.walk()


def refused(file: File, step: str) -> Story:
    """An official refuses for good."""
    yield from file.begin()
    yield from file.walk(until=step)
    yield from file.wait()
    file.decide(processing.refuse, file.random.choice(REFUSALS))


def cancelled(file: File, step: str | None) -> Story:
    """The applicant takes his request back while it waits at a step; None: still a draft."""
    if step is None:
        yield from drafted(file)
        seen = Seen(file.draft.id, file.draft.version)
        counter = file.officer(file.service.steps[1])
        yield file.soon(3, 9)
        file.receipt = file.at(counter, intake.discard_draft, seen)
        return
    yield from file.begin()
    yield from file.walk(until=step)
    yield from file.wait()
    reason = "Dibatalkan atas permintaan pemohon."
    if file.receipt.agenda_number is None:
        file.do(processing.cancel, reason, by=file.officer(file.service.steps[1]))
    else:
        yield from file.void(reason)


def paused(file: File, step: str, kind: str) -> Story:
    """The clock of a step is stopped for a named reason."""
    yield from waiting(file, step)
    yield file.soon(1, 2)
    by = "dewi" if kind == ABSENT else file.officer(file.step)
    file.do(processing.pause, kind, "", by=by)


def resumed(file: File, step: str, kind: str) -> Story:
    """A pause of a quarter of an hour, then on to the end."""
    yield from paused(file, step, kind)
    yield file.soon(10, 20)
    file.do(processing.resume)
    yield from file.walk()


def duplicate(file: File) -> Story:
    """An e-KTP recording that turns out to be a duplicate: it ends, counted apart."""
    yield from waiting(file, "rekam")
    yield from file.wait()
    file.record("Duplikat")


def recording_failed(file: File) -> Story:
    """An e-KTP recording that failed: it stays open with a named pause."""
    yield from waiting(file, "rekam")
    yield from file.wait()
    values = {**file.later(), "hasil-perekaman": "Gagal", "kendala": ["Jaringan"]}
    file.do(processing.fail_recording, values, "Jaringan ke pusat data terputus.")


def corrected(file: File) -> Story:
    """A mistake found after the letter was drawn: version 2 keeps the number."""
    yield from waiting(file, "tanda-tangan")
    yield file.soon(1, 2)
    wrong = str(file.data["alamat"])
    file.data["alamat"] = f"{wrong} Blok A"
    reason = "Alamat tidak sama dengan KTP-el."
    counter = file.officer(file.service.steps[1])
    file.do(processing.correct, {"alamat": file.data["alamat"]}, reason, by=counter)
    if file.players.draws:
        jobs.complete_documents(file.desk("dewi"), file.receipt.request_id)
    yield from file.walk()


def secret(file: File, step: str | None) -> Story:
    """A complaint whose reporter is not to be named; None: to the end."""
    file.meet()
    file.save(rahasia="ya")
    yield file.soon(2, 4)
    file.take_in()
    yield from file.walk(until=step)


def several(first: File, others: tuple[File, ...]) -> Story:
    """One applicant, several services: the person and the papers seen are shared."""
    yield from first.begin()
    for file in others:
        yield first.soon(1, 2)
        file.counter = first.officer(first.service.steps[1])
        file.meet(first.scene)
        file.draft = file.at(
            file.counter, intake.further_service, first.receipt.request_id, file.service.code
        )
        shared = [code for code in APPLICANT_CODES if code in first.data]
        file.data.update({code: first.data[code] for code in shared})
        yield first.soon(1, 3)
        file.take_in()
    for file in (first, *others):
        yield from file.walk()


def folder(files: tuple[File, ...], until: str | None) -> Story:
    """A village officer brings the requests of several people, and fetches what is ready.

    With ``until`` only the first file is walked on; the others wait at that step.
    """
    bearer = "Kosasih, Kaur Pelayanan"
    lead, village = files[0], "Mekarsari"
    counter = lead.officer(lead.service.steps[1])
    bundle = lead.at(counter, intake.open_folder, bearer, village, "081100009876")
    for file in files:
        file.counter, file.village, file.bundle_id = counter, village, bundle
        yield from file.begin()
    for file in files:
        yield from file.walk(until=until if file is not lead and until else "serahkan")
    if until:
        return
    yield lead.tomorrow(1)
    handover = Handover(bearer, "Petugas desa", "KTP-el")
    receipts = lead.at(counter, processing.hand_over_bundle, bundle, handover)
    by_id = {receipt.request_id: receipt for receipt in receipts}
    for file in files:
        file.receipt = by_id.get(file.receipt.request_id, file.receipt)
