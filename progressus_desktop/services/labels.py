"""Names of commits in words, for the menu "Undo: change of venue" and for history."""

from __future__ import annotations

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.words import N_, Message, _, ngettext

MOST_NAMED = 2
"""More changed fields than this are counted, not named."""

_VERBS = {
    "change": N_("change: {what}"),
    "add": N_("adding: {what}"),
    "remove": N_("removal: {what}"),
    "restore": N_("return from the bin: {what}"),
    "ready": N_("marking as ready: {what}"),
    "draft": N_("back to draft: {what}"),
    "archive": N_("archiving: {what}"),
    "recovered": N_("recovered after a crash: {what}"),
    "table-import": N_("import of a table: {what}"),
    "create": N_("creation of the workspace"),
    "demo": N_("sample data"),
    "resolve": N_("choice between two versions: {what}"),
    "package": N_("import of packages: {what}"),
    "merge": N_("merging two records: {what}"),
    "unmerge": N_("taking merged records apart: {what}"),
    "erase": N_("erasure: {what}"),
    "undo": N_("undo: {what}"),
    "redo": N_("redo: {what}"),
}


def label(verb: str, entity: str, fields: tuple[str, ...] = (), count: int = 1) -> str:
    """The label a commit is kept under, never in anybody's language: "change:event:place_name", "add:partner:12"."""
    tail = ",".join(fields) if fields else (str(count) if count > 1 else "")
    return f"{verb}:{entity}:{tail}"


def words_of(kept: str) -> str:
    """A kept label in words: "zmiana: miejsce"; what a newer version wrote is shown as it is."""
    verb, _colon, rest = kept.partition(":")
    if verb not in _VERBS:
        return kept
    if verb in {"undo", "redo"}:
        return _(_VERBS[verb], what=words_of(rest))
    name, _colon, tail = rest.partition(":")
    return _(_VERBS[verb], what=_what(verb, name, tail))


def _what(verb: str, name: str, tail: str) -> Message | str:
    if name not in ENTITIES:
        return name
    entity = ENTITIES[name]
    if tail.isdigit():
        return f"{_(entity.plural).lower()}, {ngettext('{n} record', '{n} records', int(tail))}"
    fields = [each for each in tail.split(",") if entity.has(each)]
    if verb != "change" or not fields:
        return _(entity.label).lower()
    named = [_(entity.field(each).label).lower() for each in fields]
    if len(named) > MOST_NAMED:
        return ngettext("{first} and {n} more field", "{first} and {n} more fields", len(named) - 1, first=named[0])
    return ", ".join(named)
