"""Which field of a form edits which kind of value."""

from __future__ import annotations

from collections.abc import Sequence

from kecamatan_desk.ui.field_choices import ChoiceField, MultiChoiceField, VillageField
from kecamatan_desk.ui.field_edits import FieldEdit, LineField, LongField
from kecamatan_desk.ui.field_rows import RowsField
from kecamatan_desk.workflows.vocabulary import Field, FieldKind


def make_edit(field: Field, villages: Sequence[str]) -> FieldEdit:
    """Give the editor for a field."""
    match field.kind:
        case FieldKind.LONG_TEXT:
            return LongField(field)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return ChoiceField(field)
        case FieldKind.MULTI_CHOICE:
            return MultiChoiceField(field)
        case FieldKind.VILLAGE:
            return VillageField(field, villages)
        case FieldKind.ROWS:
            return RowsField(field)
    return LineField(field)
