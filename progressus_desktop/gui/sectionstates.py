"""The state of each section of a form in words: the list of sections doubles as a map of progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Entity, Level, Problem, Section
from progressus_desktop.domain.values import empty
from progressus_desktop.words import NN_, _, ngettext

_FILES = NN_("{n} file", "{n} files")
_COUNTED = {
    "partners": NN_("{n} partner", "{n} partners"),
    "topics": NN_("{n} topic", "{n} topics"),
    "arrangements": NN_("{n} arrangement", "{n} arrangements"),
    "needs": NN_("{n} need", "{n} needs"),
    "declarations": NN_("{n} document", "{n} documents"),
}


def state_of(
    of: Entity,
    section: Section,
    values: Mapping[str, Any],
    problems: Sequence[Problem],
    listed: Mapping[str, int],
    *,
    begun: bool = False,
) -> tuple[str, str]:
    """Kind (of ``parts.KINDS``) and words; ``listed`` counts the records of the section's lists by type.

    A section that is ``begun`` lacks something that is said only when it is left.
    """
    names = {field.name for field in of.fields if field.section == section.name}
    here = [problem for problem in problems if problem.field in names]
    errors = sum(1 for problem in here if problem.level is Level.ERROR)
    if errors:
        return "err", ngettext("{n} error", "{n} errors", errors)
    if here:
        return "warn", ngettext("{n} warning", "{n} warnings", len(here))
    filled = any(not empty(values.get(name)) for name in names)
    if filled and begun:
        return "draft", _("Begun")
    words = [_filled(section, names, values)] if filled else []
    words += [ngettext(*_listed(name), count) for name, count in listed.items() if count]
    if words:
        return "ok", ", ".join(words)
    return ("none", _("Empty")) if names or listed else ("info", _("Counted"))


def _listed(name: str) -> tuple[str, str]:
    """A list of files is no list of photos, though both are kept as one record type."""
    return ENTITIES[name].words.counted if name in ENTITIES else _FILES


def _filled(section: Section, names: set[str], values: Mapping[str, Any]) -> str:
    if section.name == "stage" and values.get("relations"):
        last = max(values["relations"], key=lambda row: str(row.get("date") or ""))
        return codelists.word("stage", str(last.get("stage") or ""))
    counted = next((name for name in _COUNTED if name in names and not empty(values.get(name))), "")
    if counted and section.name not in {"basics", "data"}:
        return ngettext(*_COUNTED[counted], len(values[counted]))
    return _("Complete")
