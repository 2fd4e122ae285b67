"""Named errors that people may meet, each with its exit code and words to show.

A message says what happened, what is safe and what to do. Anything that is not one of these
is a bug and goes to the last-resort handler.
"""

from __future__ import annotations

from typing import ClassVar

from progressus_desktop.words import Message


class ProgressusError(Exception):
    """An expected failure. ``code`` is stable for scripts; ``exit_code`` follows the command line's contract.

    ``reason`` is a technical word for logs and documents, never shown in the sentence.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(
        self, message: Message, *, hint: Message | None = None, field: str | None = None, reason: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.field = field
        self.reason = reason

    def __str__(self) -> str:
        """The words for people, in the language in force."""
        return f"{self.message} {self.hint}" if self.hint else str(self.message)


class UsageError(ProgressusError):
    """Wrong usage, for example an unknown field or option."""

    code, exit_code = "usage", 2


class NotFoundError(UsageError):
    """No record, list or file of that name."""

    code = "not_found"


class AmbiguousError(UsageError):
    """More than one record answers to that name."""

    code = "ambiguous"


class ValidationError(ProgressusError):
    """Refused by a rule of the domain; nothing was written."""

    code, exit_code = "validation", 3


class QuestionError(ValidationError):
    """A person has to decide before this may be done; nothing was changed."""

    code = "question"


class AccessError(ProgressusError):
    """Wrong password, role or key."""

    code, exit_code = "access", 4


class DamagedError(ProgressusError):
    """A file is damaged, truncated, forged or not ours; nothing was changed."""

    code, exit_code = "damaged", 5


class ConflictError(ProgressusError):
    """The value moved on since it was read; nothing was written."""

    code, exit_code = "conflict", 6


class InUseError(ProgressusError):
    """The workspace is in use by another program."""

    code, exit_code = "in_use", 7


class StorageError(ProgressusError):
    """The disk is full or cannot be written; nothing was changed."""

    code, exit_code = "storage", 8


class NewerVersionError(ProgressusError):
    """Written by a newer version of the program; writing is refused."""

    code, exit_code = "newer_version", 10


class CancelledError(ProgressusError):
    """A person stopped the work; nothing is half-done."""

    code, exit_code = "cancelled", 130
