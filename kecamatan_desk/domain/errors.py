"""Errors a user can act on. Anything else that is raised is a bug."""


class DeskError(Exception):
    """Refusal of a use-case. The message is Indonesian and is shown as it is.

    It says what happened, that nothing was lost, and what to do. ``field`` names the field
    the message belongs to (a field code), so that a form can show it where the hand is.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class RuleError(DeskError):
    """A rule of the office forbids this, whoever asks."""


class NotAllowedError(DeskError):
    """Somebody may do this, but not the user who asks."""


class SessionEndedError(NotAllowedError):
    """The account was shut while its user worked: the window locks."""


class StaleError(DeskError):
    """The request has moved since the user's screen was filled."""


class InputError(DeskError):
    """A value typed by the user cannot be kept as it is."""


class MachineError(DeskError):
    """The machine refuses: disk full, file locked, directory read-only, no printer."""


class LostDataError(MachineError):
    """The data of a place cannot be read any more: a backup brings them back, the rest stays."""


class PresenceError(DeskError):
    """The deed asks for a fresh proof of who sits there: password or PIN, then the same again."""


class UnopenedError(DeskError):
    """Somebody else's file: why it is opened is asked first, then the same again.

    ``request_id`` and ``file_code`` tell which one; no name stands in the message.
    """

    def __init__(self, message: str, request_id: int, file_code: str) -> None:
        super().__init__(message)
        self.request_id, self.file_code = request_id, file_code


class DiskFullError(MachineError):
    """The disk is full; the transaction was taken back whole and no number is spent.

    ``relieved``: some room was kept back and has just been let go of; the same may succeed now.
    """

    relieved = False


class CommitUnknownError(MachineError):
    """The disk failed while a transaction was being stored: nobody knows yet whether it stands."""


class ClockDoubtError(DeskError):
    """The clock of the machine does not fit what was done before; somebody must look at it."""
