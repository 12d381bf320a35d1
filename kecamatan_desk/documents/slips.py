"""Papers of the counter: receipts, return slip, checklist, ticket, hand-over."""

from kecamatan_desk.documents.checklist import draw_checklist
from kecamatan_desk.documents.receipts import draw_folder_receipt, draw_handover, draw_receipt
from kecamatan_desk.documents.return_slip import draw_return_slip
from kecamatan_desk.documents.ticket import draw_ticket

__all__ = [
    "draw_checklist",
    "draw_folder_receipt",
    "draw_handover",
    "draw_receipt",
    "draw_return_slip",
    "draw_ticket",
]
