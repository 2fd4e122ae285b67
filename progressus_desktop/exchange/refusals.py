"""The refusals of a package: words for people, and a reason that docs/exchange-format.md and the vectors name."""

from __future__ import annotations

from enum import StrEnum

from progressus_desktop.errors import AccessError, DamagedError, NewerVersionError
from progressus_desktop.words import N_, Message


class Reason(StrEnum):
    """Every ground on which a file is refused; docs/exchange-format.md says what each means."""

    OUTER_NOT_AGE = "outer.not-age"
    OUTER_TRUNCATED = "outer.truncated"
    OUTER_HEADER = "outer.header"
    OUTER_WORK = "outer.work"
    OUTER_SIZE = "outer.size"
    OUTER_NO_KEY = "outer.no-key"
    OUTER_PASSPHRASE = "outer.passphrase"  # noqa: S105 - a reason
    OUTER_DAMAGED = "outer.damaged"
    INNER_MAGIC = "inner.magic"
    INNER_VERSION = "inner.version"
    INNER_TRUNCATED = "inner.truncated"
    INNER_TRAILING = "inner.trailing"
    SIGNATURE = "signature"
    RECIPIENTS = "recipients"
    MANIFEST_LENGTH = "manifest.length"
    MANIFEST_FIELD = "manifest.field"
    MANIFEST_READER = "manifest.reader"
    SECTION_HEADER = "section.header"
    SECTION_DIGEST = "section.digest"
    CBOR_TRUNCATED = "cbor.truncated"
    CBOR_TRAILING = "cbor.trailing"
    CBOR_RESERVED = "cbor.reserved"
    CBOR_INDEFINITE = "cbor.indefinite"
    CBOR_NOT_MINIMAL = "cbor.not-minimal"
    CBOR_INTEGER = "cbor.integer"
    CBOR_TEXT = "cbor.text"
    CBOR_LENGTH = "cbor.length"
    CBOR_DEPTH = "cbor.depth"
    CBOR_KEY_TYPE = "cbor.key-type"
    CBOR_DUPLICATE_KEY = "cbor.duplicate-key"
    CBOR_UNSORTED_KEYS = "cbor.unsorted-keys"
    CBOR_TAG = "cbor.tag"
    CBOR_FLOAT = "cbor.float"
    CBOR_SIMPLE = "cbor.simple"
    CHANGES_ZSTD = "changes.zstd"
    CHANGES_WINDOW = "changes.window"
    CHANGES_LENGTH = "changes.length"
    CHANGES_COUNT = "changes.count"
    CHANGES_ITEM = "changes.item"
    CHANGES_TAG = "changes.tag"
    BODY_SHAPE = "body.shape"
    BLOBS_INDEX = "blobs.index"
    BLOBS_DIGEST = "blobs.digest"


def damaged(reason: Reason) -> DamagedError:
    """The file is cut short, changed on the way or not a package; ``reason`` is a code of the format's document."""
    hint = Message(N_("Nothing was changed. Copy the file once more or ask for it to be sent again."))
    return DamagedError(Message(N_("This package is damaged or incomplete.")), hint=hint, reason=reason)


def not_a_package(reason: Reason) -> DamagedError:
    """The file is something else."""
    hint = Message(N_("Nothing was changed. Choose a file whose name ends in .progressus."))
    return DamagedError(Message(N_("This file is not a package of this program.")), hint=hint, reason=reason)


def forged(reason: Reason) -> DamagedError:
    """The signature does not fit, or what is inside was meant for somebody else."""
    hint = Message(N_("Nothing was changed. Ask the sender for a new package and say that this one was refused."))
    return DamagedError(Message(N_("It cannot be proved who made this package.")), hint=hint, reason=reason)


def forwarded(reason: Reason) -> DamagedError:
    """The signed addressees are others: somebody passed the package on."""
    hint = Message(N_("Nothing was changed. Ask the sender for a package made for you."))
    return DamagedError(Message(N_("This package was made for somebody else.")), hint=hint, reason=reason)


def too_large(reason: Reason) -> DamagedError:
    """More than this version reads."""
    hint = Message(N_("Nothing was changed. Ask the sender to split the package into smaller ones."))
    return DamagedError(Message(N_("This package is too large.")), hint=hint, reason=reason)


def not_for_us(reason: Reason) -> AccessError:
    """None of our keys opens it."""
    hint = Message(N_("Nothing was changed. If it should be for you, ask the office for a new setup file."))
    return AccessError(Message(N_("This package is not for this workspace.")), hint=hint, reason=reason)


def wrong_passphrase(reason: Reason) -> AccessError:
    """The code does not open the file."""
    hint = Message(N_("Nothing was changed. Check the code letter by letter with the person who gave it."))
    return AccessError(Message(N_("This code does not open the file.")), hint=hint, reason=reason)


def newer(reason: Reason) -> NewerVersionError:
    """Made by a version of the program that this one cannot read."""
    hint = Message(N_("Nothing was changed. Install the newest version of the program, then read the package again."))
    return NewerVersionError(
        Message(N_("This package needs a newer version of the program.")), hint=hint, reason=reason
    )
