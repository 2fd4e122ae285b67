"""What the body of a change must look like before anything relies on it. Bodies here passed the scanner already."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from progressus_desktop.exchange import cbor
from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.refusals import Reason, damaged
from progressus_desktop.store.changes import Entry

_TYPES = (int, str, str, bytes, int, int, bytes, bytes, int, dict, dict)
_RECORD, _AT, _SALT, _AUTHOR, _KEYS, _EXTRA = 3, 5, 6, 7, 9, 10
_ID = 16


def parts(body: bytes) -> list[Any]:
    """The eleven parts of a body, each of its type; the keys as an entry holds them.

    Raises:
        DamagedError: it is no body of a change.
    """
    found = cbor.scanned(body)
    if not isinstance(found, list) or len(found) != len(_TYPES) or tuple(map(type, found)) != _TYPES:
        raise damaged(Reason.BODY_SHAPE)
    if len(found[_RECORD]) != _ID or len(found[_AUTHOR]) not in {0, _ID}:
        raise damaged(Reason.BODY_SHAPE)
    if not most.EARLIEST <= found[_AT] <= most.LATEST:
        raise damaged(Reason.BODY_SHAPE)  # history could not say when that was
    keys = found[_KEYS]
    for name, pair in keys.items():
        if type(name) is not str or type(pair) is not list or len(pair) != 2 or type(pair[1]) is not list:  # noqa: PLR2004
            raise damaged(Reason.BODY_SHAPE)
        for each in pair[1]:
            if type(each) is not bytes or len(each) != _ID:
                raise damaged(Reason.BODY_SHAPE)
        keys[name] = (pair[0], tuple(pair[1]))
    if not all(isinstance(name, str) for name in found[_EXTRA]):
        raise damaged(Reason.BODY_SHAPE)
    return found


def entry(change_id: bytes, body: bytes) -> Entry:
    """The entry behind a body that came from outside: as ``changes.decode``, but nothing is taken on trust.

    Raises:
        DamagedError: it is no body of a change.
    """
    _schema, kind, entity, record, hlc, at, _salt, author, action, keys, extra = parts(body)
    return Entry(change_id, kind, entity, record, hlc, at, author, action, keys, extra)


def is_redacted(body: bytes, erased: AbstractSet[bytes]) -> bool:
    """Whether this is the redacted change of an erased record, which bears the id of what it replaces.

    Raises:
        DamagedError: it is no body of a change.
    """
    found = parts(body)
    if found[_RECORD] not in erased or found[_AT] != 0 or found[_SALT] or found[_AUTHOR]:
        return False
    return all(value is None for value, _superseded in found[_KEYS].values()) and set(found[_EXTRA]) == {"erased_by"}
