"""Forms: what is typed, what is kept, what is shown when, and what is refused at the field."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.field_kinds import make_edit
from kecamatan_desk.ui.field_rows import RowsField, RowsView
from kecamatan_desk.ui.field_text import read, shown
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.fields import BIRTHDATE, KUASA, NAME, NIK, PEMOHON, PHONE, SAKSI
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section, Service

VILLAGES = ("Cikahuripan", "Ciherang", "Pasirhuni")
AMOUNT = Field("nilai", "Nilai", FieldKind.MONEY)
COUNT = Field("jumlah", "Jumlah", FieldKind.NUMBER, length=5)
AT = Field("jam", "Pukul", FieldKind.TIME)

MakeForm = Callable[..., FieldsForm]


@pytest.fixture
def make_form(qtbot: QtBot) -> MakeForm:
    """Give a shown form of sections."""

    def make_form(*sections: Section) -> FieldsForm:
        form = FieldsForm(sections, VILLAGES)
        qtbot.addWidget(form)
        form.resize(800, 600)
        form.show()
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        return form

    return make_form


@pytest.mark.parametrize(
    ("field", "typed", "stored", "as_shown"),
    [
        (BIRTHDATE, "12051990", "1990-05-12", "12-05-1990"),
        (BIRTHDATE, "12/5/1990", "1990-05-12", "12-05-1990"),
        (AT, "930", "09:30", "09.30"),
        (AT, "9", "09:00", "09.00"),
        (AT, "14:05", "14:05", "14.05"),
        (AMOUNT, "Rp1.250.000", 1250000, "Rp1.250.000"),
        (AMOUNT, "900000,00", 900000, "Rp900.000"),
        (COUNT, "1.200", 1200, "1200"),
        (NIK, "9901 0154 0491 0001", "9901015404910001", "9901015404910001"),
        (PHONE, "0813-2055-5127", "081320555127", "081320555127"),
        (NAME, "  Siti   Nurjanah ", "Siti Nurjanah", "Siti Nurjanah"),
    ],
)
def test_what_is_typed_is_kept_in_one_form(
    field: Field, typed: str, stored: Any, as_shown: str
) -> None:
    assert read(field, typed) == stored
    assert shown(field, stored) == as_shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (BIRTHDATE, "31-02-1990"),
        (BIRTHDATE, "kemarin"),
        (AT, "25"),
        (AT, "9.75"),
        (AMOUNT, "banyak"),
        (COUNT, "123456"),
        (NIK, "990101540491"),
        (PHONE, "08x"),
        (NAME, "x" * 101),
        (NAME, "Siti\u202eNurjanah"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(field: Field, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w{4,}"):
        read(field, typed)


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_form_gives_back_what_it_was_given(make_form: MakeForm, service: Service) -> None:
    form = make_form(*service.sections)
    values = {field.code: _sample(field) for field in service.fields}

    form.set_values(values)

    kept = form.values()
    assert kept == {code: values[code] for code in form.shown}
    assert form.check()


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_field_has_an_accessible_name_and_a_label(
    make_form: MakeForm, service: Service
) -> None:
    form = make_form(*service.sections)

    for code in form.shown:
        edit = form.field(code)
        assert edit.editor.accessibleName().startswith(edit.field.label)


def _sample(field: Field) -> Any:
    match field.kind:
        case FieldKind.DATE:
            return "1990-05-12"
        case FieldKind.TIME:
            return "09:30"
        case FieldKind.NUMBER:
            return 3
        case FieldKind.MONEY:
            return 900000
        case FieldKind.NIK | FieldKind.KK:
            return "9901015404910001"
        case FieldKind.PHONE:
            return "081320555127"
        case FieldKind.CHOICE:
            return field.choices[-1]
        case FieldKind.MULTI_CHOICE:
            return list(field.choices[:2])
        case FieldKind.YES_NO:
            return "ya"
        case FieldKind.ROWS:
            return [{column.code: _sample(column) for column in field.columns}]
    return "Abc"[: field.length]


def test_a_conditional_field_comes_and_goes(make_form: MakeForm) -> None:
    form = make_form(KUASA)
    assert form.shown == ("diurus-oleh",)

    form.set_values({"diurus-oleh": "Keluarga"})
    assert form.shown == ("diurus-oleh", "kuasa-nama", "kuasa-hubungan")
    assert form.field("kuasa-nama").isVisible()

    form.set_values({"diurus-oleh": "Sendiri", "kuasa-nama": "Budi"})
    assert form.shown == ("diurus-oleh",)
    assert "kuasa-nama" not in form.values()


def test_enter_goes_to_the_next_field(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    form.focus_first()

    qtbot.keyClicks(form.field("nik").editor, "9901015404910001")
    qtbot.keyClick(form.field("nik").editor, Qt.Key.Key_Return)

    qtbot.waitUntil(form.field("kk").editor.hasFocus)


def test_wajib_shows_only_while_the_field_is_empty(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    assert "nama" in form.missing()

    qtbot.keyClicks(form.field("nama").editor, "Siti")

    assert "nama" not in form.missing()


def test_leaving_a_field_tidies_what_was_understood(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    edit = form.field("tanggal-lahir").editor
    edit.setFocus()

    qtbot.keyClicks(edit, "12051990")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: edit.text() == "12-05-1990")


def test_an_error_stands_at_its_field_until_it_is_edited(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)

    assert form.show_error("rt", "RT hanya angka.")
    assert form.field("rt").state == "error"
    qtbot.waitUntil(form.field("rt").editor.hasFocus)

    qtbot.keyClicks(form.field("rt").editor, "3")
    assert form.field("rt").state == ""


def test_an_error_of_a_field_that_is_not_here_is_left_to_the_message_bar(
    make_form: MakeForm,
) -> None:
    assert not make_form(PEMOHON).show_error("pengantar-nomor", "Salah.")


def test_what_cannot_be_read_is_told_on_leaving_and_on_checking(
    qtbot: QtBot, make_form: MakeForm
) -> None:
    form = make_form(PEMOHON)
    edit = form.field("nik").editor
    edit.setFocus()

    qtbot.keyClicks(edit, "12")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: form.field("nik").state == "error")
    assert not form.check()
    assert "nik" not in form.values()


def test_known_data_is_tinted_until_looked_at(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    form.set_values({"nama": "Siti", "hp": "081320555127"}, filled=True)
    assert form.field("nama").state == "filled"
    assert form.field("kk").state == ""

    form.field("nama").editor.setFocus()
    form.field("hp").editor.setFocus()

    qtbot.waitUntil(lambda: form.field("nama").state == "")
    assert form.field("hp").state == "filled"


def test_a_suggestion_is_taken_by_its_button(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    form.set_values({"tanggal-lahir": "1991-04-15"})
    note = FieldNote("tanggal-lahir", "NIK menyebut 14-04-1991.", "", "1991-04-14", "14-04-1991")
    form.show_notes((note,))
    assert form.field("tanggal-lahir").state == "warn"

    with qtbot.waitSignal(form.edited):
        assert form.take_suggestion()

    assert form.values()["tanggal-lahir"] == "1991-04-14"
    assert form.field("tanggal-lahir").state == ""
    assert not form.take_suggestion()


def test_new_warnings_replace_the_old_ones_and_leave_errors(make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    form.show_error("rt", "RT hanya angka.")
    form.show_notes((FieldNote("nama", "Periksa."),))

    form.show_notes((FieldNote("kk", "Periksa."),))

    states = {code: form.field(code).state for code in ("rt", "nama", "kk")}
    assert states == {"rt": "error", "nama": "", "kk": "warn"}


def test_the_field_in_error_is_brought_into_sight(qtbot: QtBot) -> None:
    form, area = FieldsForm(SERVICES["sktm"].sections, VILLAGES), QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(form)
    area.resize(800, 300)
    area.show()

    form.show_error("penghasilan", "Tulis angka saja.")

    assert not form.field("penghasilan").visibleRegion().isEmpty()


def test_the_wheel_changes_no_choice(qtbot: QtBot, make_form: MakeForm) -> None:
    form = make_form(PEMOHON)
    form.set_values({"agama": "Islam"})
    combo = form.field("agama").editor
    middle, pixels = QPointF(combo.rect().center()), QPoint(0, -120)
    none = Qt.KeyboardModifier.NoModifier
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase

    turn = QWheelEvent(middle, middle, pixels, pixels, buttons, none, phase, False)
    QApplication.sendEvent(combo, turn)

    assert form.values()["agama"] == "Islam"
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert form.values()["agama"] == "Kristen"


def test_a_choice_of_another_version_is_shown_and_kept(make_form: MakeForm) -> None:
    form = make_form(PEMOHON)

    form.set_values({"agama": "Lainnya"})

    assert form.values()["agama"] == "Lainnya"


@pytest.fixture
def witnesses(qtbot: QtBot) -> RowsField:
    """A shown table of witnesses, its first row ready to be typed into."""
    field = make_edit(SAKSI, VILLAGES)
    assert isinstance(field, RowsField)
    qtbot.addWidget(field)
    field.resize(760, 200)
    field.show()
    return field


def _type_cell(qtbot: QtBot, field: RowsField, text: str) -> None:
    editor = field.editor.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_typing_in_the_empty_row_adds_a_row(qtbot: QtBot, witnesses: RowsField) -> None:
    witnesses.editor.setCurrentIndex(witnesses.rows.index(0, 0))

    _type_cell(qtbot, witnesses, "Budi Setiawan")

    qtbot.waitUntil(lambda: witnesses.rows.rowCount() == 2)
    assert witnesses.value() == [{"nama": "Budi Setiawan"}]


def test_a_row_is_removed_by_the_keyboard(qtbot: QtBot, witnesses: RowsField) -> None:
    witnesses.set_value([{"nama": "Siti"}, {"nama": "Budi"}])
    witnesses.editor.setCurrentIndex(witnesses.rows.index(0, 0))

    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(witnesses.editor, Qt.Key.Key_Delete, control)

    assert witnesses.value() == [{"nama": "Budi"}]


def test_a_wrong_cell_stays_as_typed_and_says_why(witnesses: RowsField) -> None:
    witnesses.rows.setData(witnesses.rows.index(0, 0), "Budi")
    witnesses.rows.setData(witnesses.rows.index(0, 1), "123")

    assert witnesses.rows.index(0, 1).data() == "123"
    assert witnesses.problem().startswith("Baris 1: NIK")
    assert witnesses.value() == [{"nama": "Budi"}]


def test_a_needed_cell_is_missed_only_in_rows_that_hold_something(witnesses: RowsField) -> None:
    assert witnesses.problem() == ""

    witnesses.rows.setData(witnesses.rows.index(0, 2), "Petani")

    assert witnesses.problem() == "Baris 1: Nama belum diisi."


def test_enter_takes_the_rest_of_a_village_and_goes_on(qtbot: QtBot, make_form: MakeForm) -> None:
    village = Field("desa", "Desa/kelurahan", FieldKind.VILLAGE)
    form = make_form(Section("Alamat", (village, COUNT)))
    form.focus("desa")

    qtbot.keyClicks(form.focusWidget(), "cik")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)

    assert form.field("desa").value() == "Cikahuripan"
    assert form.focusWidget() is form.field("jumlah").editor


def test_a_deed_takes_over_the_cell_that_is_being_typed(qtbot: QtBot) -> None:
    form = FieldsForm((Section("Saksi", (SAKSI,)),))
    qtbot.addWidget(form)
    form.show()
    table = form.field(SAKSI.code).editor
    assert isinstance(table, RowsView)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setFocus()
    qtbot.keyClicks(editor, "Budi Setiawan")

    form.check()

    assert form.values() == {SAKSI.code: [{"nama": "Budi Setiawan"}]}
