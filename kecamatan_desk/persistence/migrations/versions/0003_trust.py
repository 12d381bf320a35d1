"""Blocks of numbers, acts on books, second persons, scans, recovery keys, typing in hand.

Letters written outside the program belong to no request: two tables are made anew for it, and
their guards with them.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE number_block (
    id INTEGER NOT NULL,
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_number_block PRIMARY KEY (id),
    CONSTRAINT uq_number_block_series UNIQUE (series, period, first)
)
    """,
    """
CREATE TABLE book_act (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    user_name VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_book_act PRIMARY KEY (id)
)
    """,
    """
CREATE INDEX ix_book_act_period ON book_act (period, kind)
    """,
    """
CREATE TABLE proposal (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    request_id INTEGER,
    line_id INTEGER,
    facts VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    proposed_by INTEGER NOT NULL,
    proposed_at VARCHAR NOT NULL,
    decided_by INTEGER,
    decided_at VARCHAR,
    decided_role VARCHAR NOT NULL,
    on_paper BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
    CONSTRAINT ck_proposal_two_persons CHECK (decided_by IS NULL OR decided_by <> proposed_by),
    CONSTRAINT fk_proposal_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_proposal_line_id_register_line FOREIGN KEY(line_id) REFERENCES register_line (id),
    CONSTRAINT fk_proposal_proposed_by_user_account FOREIGN KEY(proposed_by) REFERENCES user_account (id),
    CONSTRAINT fk_proposal_decided_by_user_account FOREIGN KEY(decided_by) REFERENCES user_account (id)
)
    """,
    """
CREATE INDEX ix_proposal_open ON proposal (state) WHERE state IN ('menunggu', 'disetujui')
    """,
    """
CREATE INDEX ix_proposal_request ON proposal (request_id)
    """,
    """
CREATE TABLE recovery_key (
    id INTEGER NOT NULL,
    recipient VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_recovery_key PRIMARY KEY (id),
    CONSTRAINT uq_recovery_key_recipient UNIQUE (recipient)
)
    """,
    """
CREATE TABLE attachment (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    paper VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    salt VARCHAR NOT NULL,
    added_at VARCHAR NOT NULL,
    added_by INTEGER NOT NULL,
    event_seq INTEGER NOT NULL,
    erased_at VARCHAR,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_request_id_request FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_attachment_added_by_user_account FOREIGN KEY(added_by) REFERENCES user_account (id)
)
    """,
    """
CREATE INDEX ix_attachment_request ON attachment (request_id)
    """,
    """
CREATE TABLE scratch (
    user_id INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    request_id INTEGER NOT NULL,
    body JSON NOT NULL,
    saved_at VARCHAR NOT NULL,
    CONSTRAINT pk_scratch PRIMARY KEY (user_id, place, request_id),
    CONSTRAINT fk_scratch_user_id_user_account FOREIGN KEY(user_id) REFERENCES user_account (id)
)
    """,
    """
ALTER TABLE user_account ADD COLUMN pin_failures INTEGER DEFAULT '0' NOT NULL
    """,
    """
ALTER TABLE user_account ADD COLUMN untold_failures INTEGER DEFAULT '0' NOT NULL
    """,
    """
ALTER TABLE user_account ADD COLUMN last_in VARCHAR
    """,
    """
ALTER TABLE user_account ADD COLUMN must_change BOOLEAN DEFAULT '0' NOT NULL
    """,
    """
ALTER TABLE user_account ADD COLUMN failed_uptime DOUBLE
    """,
    """
ALTER TABLE acting ADD COLUMN for_user_id INTEGER
    """,
    """
ALTER TABLE request ADD COLUMN agenda_suffix VARCHAR DEFAULT '' NOT NULL
    """,
    """
DROP TRIGGER guard_counter_update
    """,
    """
DROP TRIGGER guard_counter_insert
    """,
    """
CREATE TABLE number_issue_anew (
    id INTEGER NOT NULL,
    series VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    request_id INTEGER,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_number_issue PRIMARY KEY (id),
    CONSTRAINT uq_number_issue_series UNIQUE (series, period, number)
)
    """,
    """
INSERT INTO number_issue_anew (id, series, period, number, request_id, event_seq, salt) SELECT id, series, period, number, request_id, event_seq, salt FROM number_issue
    """,
    """
DROP TABLE number_issue
    """,
    """
ALTER TABLE number_issue_anew RENAME TO number_issue
    """,
    """
CREATE INDEX ix_number_issue_request ON number_issue (request_id)
    """,
    """
CREATE TABLE register_line_anew (
    id INTEGER NOT NULL,
    request_id INTEGER,
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
INSERT INTO register_line_anew (id, request_id, series, period, number, suffix, year, day, zone, service, letter_number, letter_day, signatory, file_code, queue, name, nik, sex, address, village, purpose, village_letter, facts, event_seq, salt) SELECT id, request_id, series, period, number, suffix, year, day, zone, service, letter_number, letter_day, signatory, file_code, queue, name, nik, sex, address, village, purpose, village_letter, facts, event_seq, salt FROM register_line
    """,
    """
DROP TABLE register_line
    """,
    """
ALTER TABLE register_line_anew RENAME TO register_line
    """,
    """
CREATE INDEX ix_register_line_book ON register_line (service, period, number)
    """,
    """
CREATE INDEX ix_register_line_day ON register_line (period, day)
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
CREATE TRIGGER guard_number_block_update BEFORE UPDATE ON number_block BEGIN SELECT RAISE(ABORT, 'number_block is insert-only'); END
    """,
    """
CREATE TRIGGER guard_number_block_delete BEFORE DELETE ON number_block BEGIN SELECT RAISE(ABORT, 'number_block is insert-only'); END
    """,
    """
CREATE TRIGGER guard_book_act_update BEFORE UPDATE ON book_act BEGIN SELECT RAISE(ABORT, 'book_act is insert-only'); END
    """,
    """
CREATE TRIGGER guard_book_act_delete BEFORE DELETE ON book_act BEGIN SELECT RAISE(ABORT, 'book_act is insert-only'); END
    """,
    """
CREATE TRIGGER guard_recovery_key_update BEFORE UPDATE ON recovery_key BEGIN SELECT RAISE(ABORT, 'recovery_key is insert-only'); END
    """,
    """
CREATE TRIGGER guard_recovery_key_delete BEFORE DELETE ON recovery_key BEGIN SELECT RAISE(ABORT, 'recovery_key is insert-only'); END
    """,
    """
CREATE TRIGGER guard_counter_update BEFORE UPDATE ON counter WHEN NEW.series <> OLD.series OR NEW.period <> OLD.period OR (NEW.last <> OLD.last + 1 AND NOT EXISTS (SELECT 1 FROM number_block WHERE series = NEW.series AND period = NEW.period AND first = OLD.last + 1 AND last = NEW.last)) BEGIN SELECT RAISE(ABORT, 'a counter moves by one or over a block'); END
    """,
    """
CREATE TRIGGER guard_counter_insert BEFORE INSERT ON counter WHEN NEW.last <> 1 AND NOT EXISTS (SELECT 1 FROM number_block WHERE series = NEW.series AND period = NEW.period AND first = 1 AND last = NEW.last) BEGIN SELECT RAISE(ABORT, 'a counter begins at one or behind a block'); END
    """,
    """
CREATE TRIGGER guard_block_insert BEFORE INSERT ON number_block WHEN NEW.last < NEW.first OR NEW.first <> 1 + coalesce((SELECT last FROM counter WHERE series = NEW.series AND period = NEW.period), 0) BEGIN SELECT RAISE(ABORT, 'a block follows the last number'); END
    """,
    """
CREATE TRIGGER guard_closed_book BEFORE INSERT ON register_line WHEN (SELECT kind FROM book_act WHERE kind IN ('tutup', 'buka-kembali') AND period IN (substr(NEW.day, 1, 7), substr(NEW.day, 1, 4)) ORDER BY id DESC LIMIT 1) = 'tutup' BEGIN SELECT RAISE(ABORT, 'the book of this month is closed'); END
    """,
    """
CREATE TRIGGER guard_four_eyes BEFORE INSERT ON event WHEN NEW.act = 'lanjut' AND NEW.step IN ('tanda-tangan', 'keputusan') AND instr(NEW.payload, '"override":') = 0 AND EXISTS (SELECT 1 FROM event WHERE request_id = NEW.request_id AND act = 'lanjut' AND step = CASE NEW.step WHEN 'keputusan' THEN 'terima' ELSE 'verifikasi' END AND CASE instr(payload, '"decided":{') WHEN 0 THEN user_id ELSE CAST(substr(substr(payload, instr(payload, '"decided":{')), instr(substr(payload, instr(payload, '"decided":{')), '"user_id":') + 10) AS INTEGER) END = CASE instr(NEW.payload, '"decided":{') WHEN 0 THEN NEW.user_id ELSE CAST(substr(substr(NEW.payload, instr(NEW.payload, '"decided":{')), instr(substr(NEW.payload, instr(NEW.payload, '"decided":{')), '"user_id":') + 10) AS INTEGER) END) BEGIN SELECT RAISE(ABORT, 'who verified a file does not sign it'); END
    """,
    """
CREATE TRIGGER guard_proposal_update BEFORE UPDATE ON proposal WHEN OLD.state NOT IN ('menunggu', 'disetujui') OR NEW.kind <> OLD.kind OR NEW.proposed_by <> OLD.proposed_by OR NEW.facts <> OLD.facts OR (OLD.decided_by IS NOT NULL AND NEW.decided_by IS NOT OLD.decided_by) BEGIN SELECT RAISE(ABORT, 'a proposal is decided once'); END
    """,
    """
CREATE TRIGGER guard_proposal_delete BEFORE DELETE ON proposal BEGIN SELECT RAISE(ABORT, 'a proposal is never deleted'); END
    """,
)


def upgrade() -> None:
    """Create the tables with their guards; make those anew that change."""
    for statement in STATEMENTS:
        op.execute(statement.strip())
