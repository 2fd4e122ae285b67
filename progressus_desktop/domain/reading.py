"""The error of text that cannot be read as its type."""

from __future__ import annotations

from progressus_desktop.errors import ValidationError


class ParseError(ValidationError):
    """Typed text cannot be read; the message says how to write it. The form keeps the text."""

    code = "unreadable"
