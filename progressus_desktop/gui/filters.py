"""Which filters the list of each record type offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Entity, Field
from progressus_desktop.gui.periods import periods
from progressus_desktop.words import N_

Options = Callable[[date], list[tuple[str, str]]]
PERIOD = "period"
_MOST_CHOICES = 4
"""More combos do not fit beside the text; the rest is found by words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters ask for: text, pairs of column and value, first and last day."""

    text: str = ""
    where: tuple[tuple[str, str], ...] = ()
    period: tuple[str, str] | None = None

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.text or self.where or self.period)


@dataclass(frozen=True, slots=True)
class Choice:
    """One combo: ``options`` gives (value, word); a value is ``column=value`` or a period's key.

    Without ``options`` the list itself offers values and words for the column (who does a task, clusters).
    """

    name: str
    label: str
    all_word: str
    options: Options | None
    in_compact: bool = False


@dataclass(frozen=True, slots=True)
class FilterPlan:
    """The filters of one record type."""

    placeholder: str
    named: str
    choices: tuple[Choice, ...] = ()
    silent: str = ""


def _period_options(today: date) -> list[tuple[str, str]]:
    return [(each.key, each.label) for each in periods(today)]


def _listed(column: str, codes: str, *, short: bool = False) -> Options:
    def options(_today: date) -> list[tuple[str, str]]:
        items = codelists.items(codes)
        return [(f"{column}={each.code}", each.short if short else each.label) for each in items]

    return options


def _topics(_today: date) -> list[tuple[str, str]]:
    return [(f"topics={each.code}", f"{each.code} {each.short}") for each in codelists.items("topic")]


def _topic(_today: date) -> list[tuple[str, str]]:
    return [(f"topic={each.code}", f"{each.code} {each.short}") for each in codelists.items("topic")]


def _event_states(_today: date) -> list[tuple[str, str]]:
    statuses = [(f"status={each.code}", each.label) for each in codelists.items("event_status")]
    entries = [(f"entry={each.code}", each.label) for each in codelists.items("entry")]
    return [*statuses, *entries]


_ALL_THEM = N_("all")
_CHOICES: dict[str, tuple[Choice, ...]] = {
    "event": (
        Choice(PERIOD, N_("Period"), N_("whole time"), _period_options, in_compact=True),
        Choice("state", N_("State"), _ALL_THEM, _event_states),
        Choice("topics", N_("Topic"), _ALL_THEM, _topics),
        Choice("kind", N_("Kind"), _ALL_THEM, _listed("kind", "event_kind")),
    ),
    "partner": (
        Choice("kind", N_("Kind"), _ALL_THEM, _listed("kind", "partner_kind", short=True), in_compact=True),
        Choice("stage", N_("Stage"), _ALL_THEM, _listed("stage", "stage")),
        Choice("cluster", N_("Cluster"), _ALL_THEM, None),
    ),
    "task": (
        Choice("state", N_("State"), _ALL_THEM, _listed("state", "task_state"), in_compact=True),
        Choice("who", N_("Who"), N_("everybody"), None),
        Choice("origin", N_("Where it comes from"), _ALL_THEM, _listed("origin", "task_origin")),
    ),
}
"""Record types whose filters differ from what their declaration gives."""
_SILENT = {"partner": "last_contact"}


def plan_of(of: Entity) -> FilterPlan:
    """The filters of a record type: a combo for each of its tags that is a code of a list."""
    choices = _CHOICES.get(of.name)
    if choices is None:
        coded = [each for each in _declared(of) if each.name in of.tags and each.codes]
        choices = tuple(
            Choice(each.name, each.label, _ALL_THEM, _options(each), in_compact=place == 0)
            for place, each in enumerate(coded[:_MOST_CHOICES])
        )
    return FilterPlan(of.words.filter, of.plural, choices, _SILENT.get(of.name, ""))


def _options(field: Field) -> Options:
    if field.codes == "topic":
        return _topic if field.name == "topic" else _topics
    return _listed(field.name, field.codes)


def _declared(of: Entity) -> Iterator[Field]:
    yield from of.fields
    yield from (each.as_field() for each in of.derived)
