"""Walks a request of any service through its SOP, each step by the officer whose step it is."""

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput, DraftSaved
from kecamatan_desk.usecases.values import Answer, Handover, Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service
from tests.builders import op

DeskOf = Callable[[Role], Desk]

PERSON: dict[str, Any] = {
    "nik": "9901015404910001",
    "nama": "Raden Roro Kusumawardhani",
    "jenis-kelamin": "Perempuan",
    "tempat-lahir": "Mekarjaya",
    "tanggal-lahir": "1991-04-14",
    "alamat": "Kampung Pasir Angin",
    "rt": "003",
    "rw": "011",
    "desa": "Mekarsari",
    "pekerjaan": "Buruh harian",
}
RECEIVER = Handover("Siti Rohmah", "Keluarga", "KTP-el")
_BY_KIND: dict[FieldKind, Any] = {
    FieldKind.TEXT: "Contoh",
    FieldKind.LONG_TEXT: "Contoh",
    FieldKind.DATE: "2026-05-11",
    FieldKind.TIME: "09:00",
    FieldKind.NUMBER: 3,
    FieldKind.MONEY: 100_000,
    FieldKind.YES_NO: "tidak",
    FieldKind.NIK: "9901015404910002",
    FieldKind.KK: "9901015404910003",
    FieldKind.PHONE: "081234567890",
    FieldKind.VILLAGE: "Mekarsari",
}


def value_for(field: Field) -> Any:
    """Give a value a field accepts."""
    if field.digits:
        return "5" * field.digits
    if field.kind is FieldKind.CHOICE:
        return field.choices[0]
    if field.kind is FieldKind.MULTI_CHOICE:
        return [field.choices[0]]
    if field.kind is FieldKind.ROWS:
        return [{column.code: value_for(column) for column in field.columns}]
    return _BY_KIND[field.kind]


def filled(service: Service, step: str, **own: Any) -> dict[str, Any]:
    """Give the required values of a step; ``own`` are values by field code, `_` for `-`."""
    fields = [field for section in service.sections_at(step) for field in section.fields]
    values = {f.code: PERSON.get(f.code, value_for(f)) for f in fields if f.required}
    known = {f.code for f in fields}
    values |= {code: value for code, value in PERSON.items() if code in known}
    return values | {code.replace("_", "-"): value for code, value in own.items()}


def papers(code: str, missing: str = "", reason: str = "Sudah tidak berlaku") -> tuple[Answer, ...]:
    """Answer every paper of a service *ada*, but the one named."""
    return tuple(
        Answer(r.code, "tidak-ada", reason=reason)
        if r.code == missing
        else Answer(r.code, "ada", "Fotokopi", 1)
        for r in SERVICES[code].requirements
    )


def needed_paper(code: str, place: int = 0) -> str:
    """Give the code of a paper that is always needed."""
    return [r.code for r in SERVICES[code].requirements if r.need == "wajib"][place]


def drafted(desk_of: DeskOf, code: str, **own: Any) -> tuple[DraftSaved, DraftInput]:
    """Save a draft; give it with what its form holds."""
    service = SERVICES[code]
    values = filled(service, "terima", **own)
    desk = desk_of(service.steps[1].officer)
    saved = desk.call(intake.save_draft, op(), DraftInput(code, values))
    return saved, DraftInput(code, values, papers(code), saved.id)


def started(desk_of: DeskOf, code: str, **own: Any) -> Receipt:
    """Take a request in; licences and complaints pass their first decision with it."""
    saved, draft = drafted(desk_of, code, **own)
    service = SERVICES[code]
    usecase = intake.pass_at_counter if service.steps[1].decision else intake.take_in
    shown = Seen(saved.id, saved.version)
    return desk_of(service.steps[1].officer).call(usecase, op(), shown, draft)


def seen(receipt: Receipt) -> Seen:
    return Seen(receipt.request_id, receipt.version)


def forward(desk_of: DeskOf, receipt: Receipt, role: Role | None = None) -> Receipt:
    """Finish the step a request waits at, as its own officer or in another role."""
    service = SERVICES[receipt.service]
    assert receipt.step is not None
    step = service.step(receipt.step)
    return finish(desk_of(role or step.officer), receipt, receipt.step)


def finish(desk: Desk, receipt: Receipt, step: str, op_id: str = "", **more: Any) -> Receipt:
    """Do the deed that finishes a step, from a desk."""
    service, shown, op_id = SERVICES[receipt.service], seen(receipt), op_id or op()
    if step == service.first_decision.code:
        return desk.call(processing.pass_check, op_id, shown, papers(service.code), **more)
    values = filled(service, step)
    match step:
        case "register":
            return desk.call(processing.give_agenda_number, op_id, shown)
        case "serahkan":
            return desk.call(processing.hand_over, op_id, shown, RECEIVER)
        case "rekam":
            return desk.call(processing.finish_recording, op_id, shown, values, RECEIVER)
        case "sampaikan":
            return desk.call(processing.deliver_result, op_id, shown, values)
        case "diterima":
            return desk.call(processing.finish_oss, op_id, shown, values, RECEIVER)
    return desk.call(processing.approve, op_id, shown, values, **more)


def brought_to(desk_of: DeskOf, code: str, step: str, **own: Any) -> Receipt:
    """Bring a new request to the step where it waits; "" walks it to its end."""
    receipt = started(desk_of, code, **own)
    while receipt.step is not None and receipt.step != step:
        receipt = forward(desk_of, receipt)
    assert (receipt.step or "") == step
    return receipt


Database = Path | sqlite3.Connection


@contextmanager
def _opened(database: Database) -> Iterator[sqlite3.Connection]:
    if isinstance(database, sqlite3.Connection):
        yield database
        return
    with closing(sqlite3.connect(database)) as file:
        yield file


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table, read past the program."""
    with _opened(database) as file:
        tables = [
            name
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("request_search_")
        ]
        return {
            name: sorted(file.execute(f'SELECT rowid, * FROM "{name}"'))  # noqa: S608
            if name != "request_search"
            else list(file.execute("SELECT rowid, words FROM request_search ORDER BY rowid"))
            for name in tables
        }


def rows(database: Database, sql: str, *values: Any) -> list[dict[str, Any]]:
    """Ask the file itself, past the program."""
    with _opened(database) as file:
        found = file.execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]


ARCHIVE = (
    "number_issue",
    "register_line",
    "line_status",
    "content",
    "document",
    "letter_text",
    "document_copy",
    "book_print",
    "office_key",
    "number_block",
    "book_act",
    "recovery_key",
)


def broken_links(database: Database) -> list[str]:
    """Verify the chain by its written definition alone; give what is wrong."""
    wrong: list[str] = []
    bound: dict[str, tuple[int, str]] = {}
    prev = "0" * 64
    for place, event in enumerate(rows(database, "SELECT * FROM event ORDER BY seq"), 1):
        told = {name: event[name] for name in event if name not in ("prev", "hash")}
        if event["seq"] != place or event["prev"] != prev:
            wrong.append(f"event {event['seq']} does not follow")
        if event["hash"] != _digest(b"kec-ev-v1\0" + prev.encode(), told):
            wrong.append(f"event {event['seq']} is changed")
        prev = event["hash"]
        for row, digest in json.loads(event["payload"]).get("rows", {}).items():
            bound[row] = (event["seq"], digest)
    for table in ARCHIVE:
        for row in rows(database, f"SELECT * FROM {table}"):  # noqa: S608
            body = b"kec-row-v1\0" + table.encode() + b"\0"
            if bound.pop(f"{table}:{row['id']}", None) != (row["event_seq"], _digest(body, row)):
                wrong.append(f"{table} {row['id']} is not what its event says")
    return wrong + [f"{row} is gone" for row in bound]


def _digest(head: bytes, columns: Mapping[str, Any]) -> str:
    text = json.dumps(columns, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(head + unicodedata.normalize("NFC", text).encode()).hexdigest()


def miscounted(database: Database) -> list[dict[str, Any]]:
    """Give every series whose counter, highest number and count of numbers are not the same."""
    return rows(
        database,
        """
        SELECT i.series, i.period, COUNT(*) AS n, MAX(i.number) AS most, c.last
        FROM number_issue i LEFT JOIN counter c ON c.series = i.series AND c.period = i.period
        GROUP BY i.series, i.period HAVING n <> most OR c.last IS NOT most OR MIN(i.number) <> 1
        UNION ALL
        SELECT series, period, 0, 0, last FROM counter c WHERE NOT EXISTS (
            SELECT 1 FROM number_issue i WHERE i.series = c.series AND i.period = c.period)
        """,
    )
