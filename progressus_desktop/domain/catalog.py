"""All record types, found by looking for ``ENTITY`` in the modules of this package.

A new record type is a new module here; nothing has to be registered.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache

from progressus_desktop import domain
from progressus_desktop.domain.fields import ANY, Entity, Field, Type
from progressus_desktop.errors import UsageError
from progressus_desktop.words import N_, Message

COMMON = (
    Field("entry", Type.CODE, N_("Entry state"), codes="entry"),
    Field("space", Type.TEXT, N_("Space")),
    Field("code", Type.TEXT, N_("Code"), searchable=True),
)
"""Logged scalars that every record has under these keys; they are no fields of a form."""


@cache
def _found() -> Mapping[str, Entity]:
    # pkgutil also lists the modules of a frozen program: PyInstaller's importer supports iter_modules.
    names = sorted(each.name for each in pkgutil.iter_modules(domain.__path__))
    modules = (importlib.import_module(f"{domain.__name__}.{name}") for name in names if name != "catalog")
    entities = (getattr(module, "ENTITY", None) for module in modules)
    return {each.name: each for each in entities if isinstance(each, Entity)}


class _Catalogue(Mapping[str, Entity]):
    """The record types by name, looked up when first asked for."""

    def __getitem__(self, name: str) -> Entity:
        return _found()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_found())

    def __len__(self) -> int:
        return len(_found())


ENTITIES: Mapping[str, Entity] = _Catalogue()
"""Record types by their name in code (``monthly_report``), in alphabetical order."""


def entity(name: str) -> Entity:
    """The record type called ``name``; a hyphen is as good as an underscore.

    Raises:
        UsageError: there is no such record type.
    """
    try:
        return ENTITIES[name.replace("-", "_")]
    except KeyError:
        known = ", ".join(each.replace("_", "-") for each in ENTITIES)
        message = Message(
            N_("There is no record type called “{name}”. Choose one of: {known}."), {"name": name, "known": known}
        )
        raise UsageError(message) from None


def logged(of: Entity) -> tuple[Field, ...]:
    """Everything the log may hold of a record: the common scalars, then the entity's own fields.

    A type whose people give the code themselves (indicators) declares it as a field of its own.
    """
    return tuple(field for field in COMMON if not of.has(field.name)) + of.fields


def referring(target: str) -> tuple[tuple[Entity, Field], ...]:
    """Each reference field, of any record type, that may hold a record of ``target``."""
    return tuple(
        (each, item)
        for each in ENTITIES.values()
        for item in each.fields
        if item.target in {target, ANY} and item.type in {Type.REFERENCE, Type.REFERENCES}
    )
