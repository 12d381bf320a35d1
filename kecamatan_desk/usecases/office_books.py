"""Books that are no service's own, by code (domain facts 3.3)."""

from kecamatan_desk.documents.book_values import BookForm
from kecamatan_desk.usecases.delivery_book import DELIVERY_FORM, delivered
from kecamatan_desk.usecases.office_form import DELIVERY, OUTGOING, RETURNED, Reader
from kecamatan_desk.usecases.outgoing_book import OUTGOING_FORM, outgoing
from kecamatan_desk.usecases.returned_book import RETURNED_FORM, returned

#: The office's further books by code: the form, and what yields its lines.
OFFICE_BOOKS: dict[str, tuple[BookForm, Reader]] = {
    OUTGOING: (OUTGOING_FORM, outgoing),
    DELIVERY: (DELIVERY_FORM, delivered),
    RETURNED: (RETURNED_FORM, returned),
}
