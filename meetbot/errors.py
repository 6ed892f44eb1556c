"""What can go wrong, and the exit code that each kind carries.

MeetbotError            1   our own fault
├── UsageError          2   the command was used wrongly
├── InputError          3   a recording, photo or lesson can't be read
├── RoomError           4   a class room can't be joined
├── PolicyError         5   the policy in force refuses
├── OutputError         1   a result can't be written (full disk, read-only folder)
├── ModelError          1   a model file is missing or is not the one its card describes
└── Interrupted       130   the user stopped it; everything so far is kept
"""


class MeetbotError(Exception):
    """The base of every error that meetbot raises on purpose; its text is one sentence for people."""

    exit_code = 1


class UsageError(MeetbotError):
    """The command or call was used wrongly."""

    exit_code = 2


class InputError(MeetbotError):
    """Something that was handed in can't be read."""

    exit_code = 3


class RoomError(MeetbotError):
    """A class room can't be joined."""

    exit_code = 4


class PolicyError(MeetbotError):
    """The policy in force refuses what was asked."""

    exit_code = 5


class OutputError(MeetbotError):
    """A result can't be written."""


class ModelError(MeetbotError):
    """A model file is missing, or is not the one that its card describes."""


class Interrupted(MeetbotError):
    """The user stopped the work; everything so far is kept."""

    exit_code = 130
