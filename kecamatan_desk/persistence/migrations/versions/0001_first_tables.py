"""The first tables."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE applicant (
    nik VARCHAR NOT NULL,
    "values" JSON NOT NULL,
    last_day DATE NOT NULL,
    last_file VARCHAR NOT NULL,
    CONSTRAINT pk_applicant PRIMARY KEY (nik)
)
    """,
    """
CREATE TABLE bundle (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    bearer VARCHAR NOT NULL,
    village VARCHAR NOT NULL,
    phone VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    CONSTRAINT pk_bundle PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE content (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (id)
)
    """,
    """
CREATE INDEX ix_content_event ON content (event_seq)
    """,
    """
CREATE TABLE counter (
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (series, period)
)
    """,
    """
CREATE TABLE document (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    pages INTEGER NOT NULL,
    template_sha256 VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT uq_document_request_id UNIQUE (request_id, kind, version)
)
    """,
    """
CREATE TABLE event (
    seq INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    op_id VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    request_id INTEGER,
    user_id INTEGER NOT NULL,
    user_name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    step VARCHAR,
    next_step VARCHAR,
    status VARCHAR,
    payload VARCHAR NOT NULL,
    prev VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (seq)
)
    """,
    """
CREATE INDEX ix_event_at ON event (at)
    """,
    """
CREATE INDEX ix_event_request ON event (request_id)
    """,
    """
CREATE TABLE instance (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    CONSTRAINT pk_instance PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE logo (
    id INTEGER NOT NULL,
    image BLOB NOT NULL,
    CONSTRAINT pk_logo PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE number_issue (
    id INTEGER NOT NULL,
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_number_issue PRIMARY KEY (id),
    CONSTRAINT uq_number_issue_series UNIQUE (series, period, number)
)
    """,
    """
CREATE INDEX ix_number_issue_request ON number_issue (request_id)
    """,
    """
CREATE TABLE operation (
    op_id VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    user_id INTEGER NOT NULL,
    receipt JSON NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (op_id)
)
    """,
    """
CREATE TABLE register_line (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    suffix VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    day VARCHAR NOT NULL,
    zone VARCHAR NOT NULL,
    service VARCHAR NOT NULL,
    letter_number VARCHAR,
    letter_day VARCHAR NOT NULL,
    signatory VARCHAR NOT NULL,
    file_code VARCHAR NOT NULL,
    queue VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    nik VARCHAR NOT NULL,
    sex VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    village VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    village_letter VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_register_line PRIMARY KEY (id),
    CONSTRAINT uq_register_line_series UNIQUE (series, period, number, suffix),
    CONSTRAINT uq_register_line_letter UNIQUE (year, letter_number),
    CONSTRAINT uq_register_line_request_id UNIQUE (request_id)
)
    """,
    """
CREATE INDEX ix_register_line_book ON register_line (service, period, number)
    """,
    """
CREATE INDEX ix_register_line_day ON register_line (period, day)
    """,
    """
CREATE TABLE setting (
    name VARCHAR NOT NULL,
    value JSON NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE user_account (
    id INTEGER NOT NULL,
    username VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    nip VARCHAR NOT NULL,
    rank VARCHAR NOT NULL,
    roles JSON NOT NULL,
    active BOOLEAN NOT NULL,
    password_hash VARCHAR,
    pin_hash VARCHAR,
    password_day DATE,
    failures INTEGER NOT NULL,
    blocked_until VARCHAR,
    CONSTRAINT pk_user_account PRIMARY KEY (id),
    CONSTRAINT uq_user_account_username UNIQUE (username)
)
    """,
    """
CREATE TABLE absence (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_absence PRIMARY KEY (id),
    CONSTRAINT fk_absence_user_id_user_account FOREIGN KEY(user_id) REFERENCES user_account (id)
)
    """,
    """
CREATE TABLE acting (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    decree VARCHAR NOT NULL,
    CONSTRAINT pk_acting PRIMARY KEY (id),
    CONSTRAINT fk_acting_user_id_user_account FOREIGN KEY(user_id) REFERENCES user_account (id)
)
    """,
    """
CREATE TABLE line_status (
    id INTEGER NOT NULL,
    line_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    day VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_line_status PRIMARY KEY (id),
    CONSTRAINT fk_line_status_line_id_register_line FOREIGN KEY(line_id) REFERENCES register_line (id)
)
    """,
    """
CREATE INDEX ix_line_status_line ON line_status (line_id)
    """,
    """
CREATE TABLE request (
    id INTEGER NOT NULL,
    file_code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    service VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    step VARCHAR,
    waits_for VARCHAR,
    kind VARCHAR,
    created_at VARCHAR NOT NULL,
    saved_at VARCHAR NOT NULL,
    taken_in_at VARCHAR,
    arrived_at VARCHAR NOT NULL,
    ended_at VARCHAR,
    promised_at VARCHAR,
    bundle_id INTEGER,
    nik VARCHAR NOT NULL,
    applicant VARCHAR NOT NULL,
    village VARCHAR NOT NULL,
    secret BOOLEAN NOT NULL,
    data JSON NOT NULL,
    unread JSON NOT NULL,
    visits INTEGER NOT NULL,
    deadline DATE,
    queue_number INTEGER,
    agenda_number INTEGER,
    letter_year INTEGER,
    letter_number VARCHAR,
    minutes_number INTEGER,
    line_id INTEGER,
    pause_kind VARCHAR,
    pause_since VARCHAR,
    note VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    receiver VARCHAR NOT NULL,
    CONSTRAINT pk_request PRIMARY KEY (id),
    CONSTRAINT uq_request_letter UNIQUE (letter_year, letter_number),
    CONSTRAINT uq_request_file_code UNIQUE (file_code),
    CONSTRAINT fk_request_bundle_id_bundle FOREIGN KEY(bundle_id) REFERENCES bundle (id)
)
    """,
    """
CREATE INDEX ix_request_bundle ON request (bundle_id) WHERE bundle_id IS NOT NULL
    """,
    """
CREATE INDEX ix_request_created ON request (created_at)
    """,
    """
CREATE INDEX ix_request_ended ON request (ended_at, service, status, taken_in_at) WHERE ended_at IS NOT NULL
    """,
    """
CREATE INDEX ix_request_nik ON request (nik)
    """,
    """
CREATE INDEX ix_request_open ON request (waits_for, kind) WHERE waits_for IS NOT NULL
    """,
    """
CREATE INDEX ix_request_taken_in ON request (taken_in_at, service, ended_at) WHERE taken_in_at IS NOT NULL
    """,
    """
CREATE TABLE answer (
    request_id INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    answer VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    copies INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    settled BOOLEAN NOT NULL,
    CONSTRAINT pk_answer PRIMARY KEY (request_id, code),
    CONSTRAINT fk_answer_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)
    """,
    """
CREATE TABLE pause (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    opened_at VARCHAR NOT NULL,
    closed_at VARCHAR,
    CONSTRAINT pk_pause PRIMARY KEY (id),
    CONSTRAINT fk_pause_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)
    """,
    """
CREATE INDEX ix_pause_request ON pause (request_id)
    """,
    """
CREATE TABLE step_pass (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    step VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    arrived_at VARCHAR NOT NULL,
    left_at VARCHAR NOT NULL,
    minutes DOUBLE NOT NULL,
    gross_minutes DOUBLE NOT NULL,
    user_name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    CONSTRAINT pk_step_pass PRIMARY KEY (id),
    CONSTRAINT fk_step_pass_request_id_request FOREIGN KEY(request_id) REFERENCES request (id)
)
    """,
    """
CREATE INDEX ix_step_pass_request ON step_pass (request_id)
    """,
    """
CREATE VIRTUAL TABLE request_search USING fts5(words, tokenize='trigram', detail='full')
    """,
    """
CREATE TRIGGER guard_number_issue_update BEFORE UPDATE ON number_issue BEGIN SELECT RAISE(ABORT, 'number_issue is insert-only'); END
    """,
    """
CREATE TRIGGER guard_number_issue_delete BEFORE DELETE ON number_issue BEGIN SELECT RAISE(ABORT, 'number_issue is insert-only'); END
    """,
    """
CREATE TRIGGER guard_register_line_update BEFORE UPDATE ON register_line BEGIN SELECT RAISE(ABORT, 'register_line is insert-only'); END
    """,
    """
CREATE TRIGGER guard_register_line_delete BEFORE DELETE ON register_line BEGIN SELECT RAISE(ABORT, 'register_line is insert-only'); END
    """,
    """
CREATE TRIGGER guard_line_status_update BEFORE UPDATE ON line_status BEGIN SELECT RAISE(ABORT, 'line_status is insert-only'); END
    """,
    """
CREATE TRIGGER guard_line_status_delete BEFORE DELETE ON line_status BEGIN SELECT RAISE(ABORT, 'line_status is insert-only'); END
    """,
    """
CREATE TRIGGER guard_content_update BEFORE UPDATE ON content BEGIN SELECT RAISE(ABORT, 'content is insert-only'); END
    """,
    """
CREATE TRIGGER guard_content_delete BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'content is insert-only'); END
    """,
    """
CREATE TRIGGER guard_document_update BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'document is insert-only'); END
    """,
    """
CREATE TRIGGER guard_document_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document is insert-only'); END
    """,
    """
CREATE TRIGGER guard_event_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is insert-only'); END
    """,
    """
CREATE TRIGGER guard_event_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is insert-only'); END
    """,
    """
CREATE TRIGGER guard_counter_update BEFORE UPDATE ON counter WHEN NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.period <> OLD.period BEGIN SELECT RAISE(ABORT, 'a counter moves by one'); END
    """,
    """
CREATE TRIGGER guard_counter_insert BEFORE INSERT ON counter WHEN NEW.last <> 1 BEGIN SELECT RAISE(ABORT, 'a counter begins at one'); END
    """,
    """
CREATE TRIGGER guard_counter_delete BEFORE DELETE ON counter BEGIN SELECT RAISE(ABORT, 'a counter is never deleted'); END
    """,
    """
CREATE TRIGGER guard_instance_update BEFORE UPDATE ON instance BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END
    """,
    """
CREATE TRIGGER guard_instance_delete BEFORE DELETE ON instance BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END
    """,
    """
CREATE TRIGGER guard_instance_insert BEFORE INSERT ON instance WHEN EXISTS (SELECT 1 FROM instance) BEGIN SELECT RAISE(ABORT, 'a directory is office or practice for ever'); END
    """,
    """
CREATE TRIGGER guard_request_numbers BEFORE UPDATE ON request WHEN (OLD.queue_number IS NOT NULL AND NEW.queue_number IS NOT OLD.queue_number) OR (OLD.agenda_number IS NOT NULL AND NEW.agenda_number IS NOT OLD.agenda_number) OR (OLD.minutes_number IS NOT NULL AND NEW.minutes_number IS NOT OLD.minutes_number) OR NEW.file_code <> OLD.file_code BEGIN SELECT RAISE(ABORT, 'a file takes each number once'); END
    """,
)


def upgrade() -> None:
    """Create every table, index and guard."""
    for statement in STATEMENTS:
        op.execute(statement.strip())
