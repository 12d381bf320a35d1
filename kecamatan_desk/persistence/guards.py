"""What the database itself refuses: triggers against accidents and our own mistakes.

They are a speed bump for whoever opens the file with another program: ``check`` and the anchors
on paper find what goes past them.
"""

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
    "event",
)


def _decider(row: str) -> str:
    """Give the SQL for who decided: the user, or whom he recorded (rule 8), from canonical JSON.

    Plain text functions: SQLite lets no trigger call its JSON functions while the schema is not
    trusted.
    """
    decided = f"substr({row}payload, instr({row}payload, '\"decided\":{{'))"
    return (
        f"CASE instr({row}payload, '\"decided\":{{') WHEN 0 THEN {row}user_id ELSE "
        f"CAST(substr({decided}, instr({decided}, '\"user_id\":') + 10) AS INTEGER) END"
    )


TRIGGERS: dict[str, str] = {
    **{
        f"guard_{table}_{verb.lower()}": (
            f"CREATE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
        )
        for table in ARCHIVE
        for verb in ("UPDATE", "DELETE")
    },
    # a counter moves by one, or over a block that was laid down in one piece
    "guard_counter_update": (
        "CREATE TRIGGER guard_counter_update BEFORE UPDATE ON counter "
        "WHEN NEW.series <> OLD.series OR NEW.period <> OLD.period OR (NEW.last <> OLD.last + 1 "
        "AND NOT EXISTS (SELECT 1 FROM number_block WHERE series = NEW.series "
        "AND period = NEW.period AND first = OLD.last + 1 AND last = NEW.last)) "
        "BEGIN SELECT RAISE(ABORT, 'a counter moves by one or over a block'); END"
    ),
    "guard_counter_insert": (
        "CREATE TRIGGER guard_counter_insert BEFORE INSERT ON counter WHEN NEW.last <> 1 "
        "AND NOT EXISTS (SELECT 1 FROM number_block WHERE series = NEW.series "
        "AND period = NEW.period AND first = 1 AND last = NEW.last) "
        "BEGIN SELECT RAISE(ABORT, 'a counter begins at one or behind a block'); END"
    ),
    "guard_counter_delete": (
        "CREATE TRIGGER guard_counter_delete BEFORE DELETE ON counter "
        "BEGIN SELECT RAISE(ABORT, 'a counter is never deleted'); END"
    ),
    "guard_instance_update": (
        "CREATE TRIGGER guard_instance_update BEFORE UPDATE ON instance "
        "BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END"
    ),
    "guard_instance_delete": (
        "CREATE TRIGGER guard_instance_delete BEFORE DELETE ON instance "
        "BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END"
    ),
    "guard_instance_insert": (
        "CREATE TRIGGER guard_instance_insert BEFORE INSERT ON instance "
        "WHEN EXISTS (SELECT 1 FROM instance) "
        "BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END"
    ),
    "guard_block_insert": (
        "CREATE TRIGGER guard_block_insert BEFORE INSERT ON number_block "
        "WHEN NEW.last < NEW.first OR NEW.first <> 1 + coalesce((SELECT last FROM counter "
        "WHERE series = NEW.series AND period = NEW.period), 0) "
        "BEGIN SELECT RAISE(ABORT, 'a block follows the last number'); END"
    ),
    # the newest act of its month or year says whether a book is closed
    "guard_closed_book": (
        "CREATE TRIGGER guard_closed_book BEFORE INSERT ON register_line "
        "WHEN (SELECT kind FROM book_act WHERE kind IN ('tutup', 'buka-kembali') "
        "AND period IN (substr(NEW.day, 1, 7), substr(NEW.day, 1, 4)) "
        "ORDER BY id DESC LIMIT 1) = 'tutup' "
        "BEGIN SELECT RAISE(ABORT, 'the book of this month is closed'); END"
    ),
    # rule 7: who passed the first decision does not sign, unless an emergency was declared
    "guard_four_eyes": (
        "CREATE TRIGGER guard_four_eyes BEFORE INSERT ON event "  # noqa: S608
        "WHEN NEW.act = 'lanjut' AND NEW.step IN ('tanda-tangan', 'keputusan') "
        "AND instr(NEW.payload, '\"override\":') = 0 "
        "AND EXISTS (SELECT 1 FROM event WHERE request_id = NEW.request_id AND act = 'lanjut' "
        "AND step = CASE NEW.step WHEN 'keputusan' THEN 'terima' ELSE 'verifikasi' END "
        "AND " + _decider("") + " = " + _decider("NEW.") + ") "
        "BEGIN SELECT RAISE(ABORT, 'who verified a file does not sign it'); END"
    ),
    "guard_proposal_update": (
        "CREATE TRIGGER guard_proposal_update BEFORE UPDATE ON proposal "
        "WHEN OLD.state NOT IN ('menunggu', 'disetujui') OR NEW.kind <> OLD.kind "
        "OR NEW.proposed_by <> OLD.proposed_by OR NEW.facts <> OLD.facts "
        "OR (OLD.decided_by IS NOT NULL AND NEW.decided_by IS NOT OLD.decided_by) "
        "BEGIN SELECT RAISE(ABORT, 'a proposal is decided once'); END"
    ),
    "guard_proposal_delete": (
        "CREATE TRIGGER guard_proposal_delete BEFORE DELETE ON proposal "
        "BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END"
    ),
    "guard_request_numbers": (
        "CREATE TRIGGER guard_request_numbers BEFORE UPDATE ON request "
        "WHEN (OLD.queue_number IS NOT NULL AND NEW.queue_number IS NOT OLD.queue_number) "
        "OR (OLD.agenda_number IS NOT NULL AND NEW.agenda_number IS NOT OLD.agenda_number) "
        "OR (OLD.minutes_number IS NOT NULL AND NEW.minutes_number IS NOT OLD.minutes_number) "
        "OR NEW.file_code <> OLD.file_code "
        "BEGIN SELECT RAISE(ABORT, 'a file takes each number once'); END"
    ),
}

#: The full-text index over what a clerk searches by; kept by persistence.search, not by triggers.
SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE request_search USING fts5(words, tokenize='trigram', detail='full')"
)
