"""What officers do with a running request: one function per deed, all through ``move``."""

from kecamatan_desk.usecases.processing.checks import (
    close_failed,
    expire_overdue,
    fail_check,
    pass_check,
    record_return,
    save_answers,
)
from kecamatan_desk.usecases.processing.correcting import correct, save_step_values
from kecamatan_desk.usecases.processing.finishing import (
    deliver_result,
    fail_recording,
    finish_oss,
    finish_recording,
    hand_over,
    hand_over_bundle,
)
from kecamatan_desk.usecases.processing.pauses import PAUSES, pause, resume
from kecamatan_desk.usecases.processing.steps import (
    approve,
    cancel,
    give_agenda_number,
    refuse,
    send_back,
)

__all__ = [
    "PAUSES",
    "approve",
    "cancel",
    "close_failed",
    "correct",
    "deliver_result",
    "expire_overdue",
    "fail_check",
    "fail_recording",
    "finish_oss",
    "finish_recording",
    "give_agenda_number",
    "hand_over",
    "hand_over_bundle",
    "pass_check",
    "pause",
    "record_return",
    "refuse",
    "resume",
    "save_answers",
    "save_step_values",
    "send_back",
]
