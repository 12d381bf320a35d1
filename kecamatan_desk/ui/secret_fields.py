"""Fields of a form that hold passwords and PINs."""

from PySide6.QtWidgets import QLineEdit

from kecamatan_desk.ui.field_edits import LineField
from kecamatan_desk.ui.fields_form import FieldsForm


def hide_typing(form: FieldsForm, *codes: str) -> None:
    """Make fields hold secrets: dots instead of letters, and kept exactly as typed."""
    for code in codes:
        field = form.field(code)
        if isinstance(field, LineField):
            field.editor.setEchoMode(QLineEdit.EchoMode.Password)
            field.editor.editingFinished.disconnect()  # a secret is never tidied


def secret(form: FieldsForm, code: str) -> str:
    """Give a secret exactly as typed."""
    editor = form.field(code).editor
    return editor.text() if isinstance(editor, QLineEdit) else ""
