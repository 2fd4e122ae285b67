"""A record type described as plain data, for the command line's ``schema`` and the data dictionary."""

from __future__ import annotations

from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import COMMON
from progressus_desktop.domain.fields import Derived, Entity, Field, Type
from progressus_desktop.words import LANGUAGES, Message, speaking


def _in_languages(text: str) -> dict[str, str]:
    out = {}
    for language in LANGUAGES:
        with speaking(language):
            out[language] = str(Message(text))
    return out


def _codes(name: str) -> list[dict[str, Any]]:
    if name == codelists.GMINA:
        return []
    words: dict[str, dict[str, Any]] = {code: {"code": code} for code in codelists.codes(name)}
    for language in LANGUAGES:
        with speaking(language):
            for item in codelists.items(name, with_retired=True):
                words[item.code] |= {language: item.label, "retired": item.retired}
    return list(words.values())


def describe_field(field: Field) -> dict[str, Any]:
    """One field: only what it has is named beside name, type, label, required, PD class and merge kind."""
    out: dict[str, Any] = {
        "name": field.name,
        "type": field.type.value,
        "label": _in_languages(field.label),
        "required": field.required,
        "personal_data": field.personal.value,
        "merge": field.merge.value,
    }
    if field.help:
        out["help"] = _in_languages(field.help)
    if field.example:
        out["example"] = field.example
    if field.codes:
        out |= {"code_list": field.codes, "codes": _codes(field.codes)}
    if field.columns:
        out |= {"columns_list": field.columns, "columns": _codes(field.columns)}
    if field.target:
        out["target"] = field.target
    if field.key_name:
        out["key_name"] = field.key_name
    if field.type is Type.ROWS:
        out["key_name"] = "key"
    if field.parts:
        out["parts"] = [describe_field(part) for part in field.parts]
    for name in ("office_only", "searchable"):
        if getattr(field, name):
            out[name] = True
    return out


def _derived(of: Derived) -> dict[str, Any]:
    return {"name": of.name, "type": of.type.value, "label": _in_languages(of.label)}


def describe(entity: Entity) -> dict[str, Any]:
    """Everything about a record type, JSON-ready; ``name`` as the command line writes it."""
    return {
        "entity": entity.name.replace("_", "-"),
        "label": _in_languages(entity.label),
        "plural": _in_languages(entity.plural),
        "coded": entity.coded,
        "ready_by_person": entity.ready_by_person,
        "sections": [{"name": each.name, "label": _in_languages(each.label)} for each in entity.sections],
        "common": [describe_field(field) for field in COMMON],
        "fields": [describe_field(field) for field in entity.fields],
        "derived": [_derived(each) for each in entity.derived],
    }
