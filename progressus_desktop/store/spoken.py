"""The order of a list by words that differ between languages: stored keys are Polish, a window may speak English."""

from __future__ import annotations

from sqlalchemy import Connection

from progressus_desktop.domain import codelists, indicator
from progressus_desktop.domain.fields import Type
from progressus_desktop.domain.sorting import sort_key
from progressus_desktop.store.tables import Shape, q
from progressus_desktop.words import DEFAULT_LANGUAGE, language, speaking

MOST = 10_000
"""Records of a type that are ordered by what is shown; where there are more, the index of Polish words serves alone."""


def order_by(connection: Connection, of: Shape, name: str) -> str:
    """An expression of table ``e`` that orders by the words shown for ``name``; empty where the stored keys do."""
    polish = language() == DEFAULT_LANGUAGE
    # what is worked out is stored with its code as key, in both languages
    fields = [*(() if polish else of.entity.fields), *(each.as_field() for each in of.entity.derived)]
    codes = next((each.codes for each in fields if each.name == name and each.type is Type.CODE), "")
    starter = not polish and of.entity.name == indicator.NAME and name in indicator.SPOKEN
    if not (codes or starter) or _many(connection, of):
        return ""
    return _by_code(name, codes) if codes else _by_starter(name)


def _many(connection: Connection, of: Shape) -> bool:
    sql = f"SELECT 1 FROM {q(of.table)} LIMIT 1 OFFSET {MOST}"
    return connection.exec_driver_sql(sql).first() is not None


def _by_code(name: str, codes: str) -> str:
    column = f"e.{q(name)}"
    parts = (f"WHEN {_text(each)} THEN {_key(codelists.word(codes, each))}" for each in codelists.codes(codes))
    return f"(CASE {column} {' '.join(parts)} ELSE CAST({column} AS BLOB) END)"


def _by_starter(name: str) -> str:
    """What the office wrote itself keeps its own words, and so its stored key."""
    place, parts = indicator.SPOKEN.index(name), []
    for rule in codelists.codes("indicator_rule"):
        with speaking(DEFAULT_LANGUAGE):
            given = indicator.starter_words(rule)
        if rule != indicator.MANUAL:
            same = " AND ".join(
                f"e.{q(column)} = {_text(value)}"
                for column, value in zip(("rule", *indicator.SPOKEN), (rule, *given), strict=True)
            )
            parts.append(f"WHEN {same} THEN {_key(indicator.starter_words(rule)[place])}")
    return f"(CASE {' '.join(parts)} ELSE e.{q(f'{name}_sort')} END)"


def _text(value: str) -> str:
    """A text as SQL that needs no quoting."""
    return f"CAST(X'{value.encode().hex()}' AS TEXT)"


def _key(words: str) -> str:
    return f"X'{sort_key(words).hex()}'"
