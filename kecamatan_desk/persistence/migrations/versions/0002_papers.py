"""Terms of office, letter texts, counted copies, printed pages of books, keys of the office."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE term (
    id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    decree VARCHAR NOT NULL,
    CONSTRAINT pk_term PRIMARY KEY (id),
    CONSTRAINT fk_term_user_id_user_account FOREIGN KEY(user_id) REFERENCES user_account (id)
)
    """,
    """
CREATE TABLE letter_text (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    body VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    user_name VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_letter_text PRIMARY KEY (id),
    CONSTRAINT uq_letter_text_kind UNIQUE (kind, version)
)
    """,
    """
CREATE TABLE document_copy (
    id INTEGER NOT NULL,
    document_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    user_name VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_document_copy PRIMARY KEY (id),
    CONSTRAINT uq_document_copy_document_id UNIQUE (document_id, number)
)
    """,
    """
CREATE TABLE book_print (
    id INTEGER NOT NULL,
    book VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    last_line VARCHAR NOT NULL,
    last_status INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    user_name VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_book_print PRIMARY KEY (id),
    CONSTRAINT uq_book_print_book UNIQUE (book, period, kind, first_page)
)
    """,
    """
CREATE INDEX ix_book_print_book ON book_print (book, period, id)
    """,
    """
CREATE TABLE office_key (
    id INTEGER NOT NULL,
    public_key VARCHAR NOT NULL,
    created_at VARCHAR NOT NULL,
    event_seq INTEGER NOT NULL,
    salt VARCHAR NOT NULL,
    CONSTRAINT pk_office_key PRIMARY KEY (id),
    CONSTRAINT uq_office_key_public_key UNIQUE (public_key)
)
    """,
    """
ALTER TABLE request ADD COLUMN form VARCHAR DEFAULT '' NOT NULL
    """,
    """
CREATE TRIGGER guard_letter_text_update BEFORE UPDATE ON letter_text BEGIN SELECT RAISE(ABORT, 'letter_text is insert-only'); END
    """,
    """
CREATE TRIGGER guard_letter_text_delete BEFORE DELETE ON letter_text BEGIN SELECT RAISE(ABORT, 'letter_text is insert-only'); END
    """,
    """
CREATE TRIGGER guard_document_copy_update BEFORE UPDATE ON document_copy BEGIN SELECT RAISE(ABORT, 'document_copy is insert-only'); END
    """,
    """
CREATE TRIGGER guard_document_copy_delete BEFORE DELETE ON document_copy BEGIN SELECT RAISE(ABORT, 'document_copy is insert-only'); END
    """,
    """
CREATE TRIGGER guard_book_print_update BEFORE UPDATE ON book_print BEGIN SELECT RAISE(ABORT, 'book_print is insert-only'); END
    """,
    """
CREATE TRIGGER guard_book_print_delete BEFORE DELETE ON book_print BEGIN SELECT RAISE(ABORT, 'book_print is insert-only'); END
    """,
    """
CREATE TRIGGER guard_office_key_update BEFORE UPDATE ON office_key BEGIN SELECT RAISE(ABORT, 'office_key is insert-only'); END
    """,
    """
CREATE TRIGGER guard_office_key_delete BEFORE DELETE ON office_key BEGIN SELECT RAISE(ABORT, 'office_key is insert-only'); END
    """,
)


def upgrade() -> None:
    """Create the tables with their guards, and note the form of a letter with its request."""
    for statement in STATEMENTS:
        op.execute(statement.strip())
