"""Plain data classes as JSON and back, with one canonical form that a hash can stand for."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Made = TypeVar("Made", bound=DataclassInstance)


def canonical(value: Any) -> bytes:
    """JSON with sorted names, no blanks and no escapes: the same data are always the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def plain(value: DataclassInstance) -> dict[str, Any]:
    """A data class with all it holds, as JSON can say it."""
    return asdict(value)


def rebuilt(kind: type[Made], value: Mapping[str, Any]) -> Made:
    """The data class again; names it does not know, from a newer version, are left out.

    Raises:
        TypeError: a name it needs is missing.
    """
    hints = _hints(kind)
    return kind(**{name: _again(hints[name], each) for name, each in value.items() if name in hints})


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {each.name: known[each.name] for each in fields(kind)}


def _again(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(value, dict):
        return rebuilt(hint, value)
    if origin in {Union, types.UnionType}:
        chosen = next((each for each in inner if each is not type(None)), None)
        return None if value is None else _again(chosen, value)
    if origin is tuple and isinstance(value, list):
        return tuple(_again(each, part) for each, part in zip(inner, value, strict=False))
    if isinstance(value, list) and origin is not None and issubclass(origin, Sequence):
        return [_again(inner[0], each) for each in value]
    return value
