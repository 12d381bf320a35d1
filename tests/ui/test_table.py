"""The one table model, and the models that are typed into."""

from dataclasses import dataclass

from pytestqt.modeltest import ModelTester

from kecamatan_desk.ui.checklist import COLUMNS, ChecklistModel
from kecamatan_desk.ui.rows_model import RowsModel
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.usecases.values import ChecklistLine
from kecamatan_desk.workflows.fields import SAKSI


@dataclass(frozen=True)
class Person:
    """A record."""

    name: str


def test_the_model_keeps_the_promises_qt_expects(qtmodeltester: ModelTester) -> None:
    model = RecordTableModel((Column("Nama", lambda one: one.name, tip=True),))
    model.show_records((Person("Siti"), Person("Budi")))

    qtmodeltester.check(model)


def test_a_row_gives_its_record_and_its_text() -> None:
    model = RecordTableModel((Column("Nama", lambda one: one.name),))
    model.show_records((Person("Siti"),))

    assert model.index(0, 0).data() == "Siti"
    assert model.index(0, 0).data(RECORD_ROLE) == Person("Siti")


def test_a_record_table_is_spoken_by_its_name() -> None:
    model = RecordTableModel((Column("Nama", lambda one: one.name, 120), Column("Desa", str)))

    table = record_table(model, "Pengguna")

    assert table.accessibleName() == "Pengguna"
    assert table.columnWidth(0) == 120


def test_the_typed_rows_keep_the_promises_qt_expects(qtmodeltester: ModelTester) -> None:
    model = RowsModel(SAKSI.columns)
    model.show_rows([{"nama": "Siti", "nik": "9901015404910001"}])

    qtmodeltester.check(model)


def test_the_checklist_keeps_the_promises_qt_expects(qtmodeltester: ModelTester) -> None:
    model = ChecklistModel(COLUMNS)
    model.show_records((ChecklistLine("ktp", "KTP elektronik", "wajib"),))

    qtmodeltester.check(model)
