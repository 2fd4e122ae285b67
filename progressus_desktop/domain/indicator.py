"""Indicator (wskaźnik): what the project counts, by which rule, and how much is aimed at (domain.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterable

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import (
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.domain.rules import plain_int
from progressus_desktop.words import N_, NN_, Message, speaking

MANUAL = "manual"
"""The rule of an indicator whose values are typed."""
NAME = "indicator"
SPOKEN = ("name", "unit")
"""The fields that :func:`words_of` gives, in its order."""


def words_of(indicator: Values) -> tuple[str, str]:
    """Name and unit: those of the starter set in the language spoken, what the office wrote as it is."""
    name, unit, rule = (value if isinstance(value := indicator.get(key), str) else "" for key in (*SPOKEN, "rule"))
    if rule == MANUAL or rule not in codelists.codes("indicator_rule"):
        return name, unit
    with speaking("pl"):
        given = starter_words(rule)
    return starter_words(rule) if (name, unit) == given else (name, unit)


def starter_words(rule: str) -> tuple[str, str]:
    """Name and unit of the starter set's indicator of a rule, in the language spoken."""
    word = codelists.word("indicator_rule", rule)
    return word[:1].upper() + word[1:], codelists.unit(rule)


_FIELDS = (
    Field(
        "code", Type.TEXT, N_("Code"), required=True, section="basics", office_only=True, searchable=True, example="W1"
    ),
    Field(
        "name", Type.TEXT, N_("Name"), required=True, section="basics", office_only=True, searchable=True, column=1,
        example=N_("Events held"),
    ),
    Field("kind", Type.CODE, N_("Kind of indicator"), codes="indicator_kind", section="basics", office_only=True,
          column=2),
    Field("unit", Type.TEXT, N_("Unit"), required=True, section="basics", office_only=True, column=3,
          example=N_("people")),
    Field("rule", Type.CODE, N_("Rule"), codes="indicator_rule", section="basics", office_only=True, column=4),
    Field("disaggregation", Type.CODES, N_("Broken down by"), codes="disaggregation", section="basics",
          office_only=True),
    Field("source", Type.TEXT, N_("Source of verification"), section="basics", office_only=True,
          example=N_("attendance sheets")),
    Field("target", Type.INTEGER, N_("Target"), section="basics", office_only=True, column=5, example="1500"),
    Field("target_f", Type.INTEGER, N_("Target: women"), section="basics", office_only=True, example="750"),
    Field("target_m", Type.INTEGER, N_("Target: men"), section="basics", office_only=True, example="750"),
    Field("target_date", Type.DATE, N_("Target by"), section="basics", office_only=True, column=6,
          example="31.08.2026"),
    Field("baseline", Type.INTEGER, N_("Baseline"), section="basics", office_only=True, example="0"),
    Field(
        "values", Type.ROWS, N_("Typed values"), section="basics", more=True, office_only=True,
        help=N_("Only for an indicator without a rule."),
        parts=(
            Field("period", Type.PARTIAL_DATE, N_("Period"), required=True, example="05.2026"),
            Field("value", Type.INTEGER, N_("Value"), required=True, example="12"),
            Field("f", Type.INTEGER, N_("Women")),
            Field("m", Type.INTEGER, N_("Men")),
        ),
    ),
    Field("note", Type.LONG_TEXT, N_("Note"), section="basics", more=True, office_only=True),
)  # fmt: skip


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    whole, women, men = (plain_int(values.get(name)) for name in ("target", "target_f", "target_m"))
    if whole is not None and women is not None and men is not None and women + men > whole:
        message = Message(N_("Women and men together are more than the target. Correct the numbers."))
        yield Problem("target", Level.ERROR, "parts_larger", message)
    if values.get("values") and values.get("rule") not in {None, MANUAL}:
        message = Message(N_("This indicator is computed by its rule; typed values are not counted."))
        yield Problem("values", Level.WARNING, "typed_and_computed", message)


ENTITY = Entity(
    name=NAME,
    label=N_("Indicator"),
    plural=N_("Indicators"),
    fields=_FIELDS,
    title=("name",),
    sections=(Section("basics", N_("Indicator")), Section("figures", N_("Value and what is behind it"))),
    rules=_rules,
    tags=("kind", "rule"),
    order="name",
    icon="target",
    words=ListWords(
        new=N_("&New indicator"),
        counted=NN_("{n} indicator", "{n} indicators"),
        removed=N_("Indicator moved to the bin."),
        filter=N_("Filter: code, name"),
        empty=N_("There are no indicators yet"),
        what=N_("An indicator counts what the project promised: events, people reached, clusters."),
    ),
    unique=(("code",),),
    office=True,
)
