"""Which topics were told to whom, and what is still missing (domain.md, section 2). Derived, never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values

Cell = tuple[str, str]
"""A topic and an audience."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often each topic met each audience.

    ``counts[topic][audience]`` counts records (0 where there is none); ``expected`` are the cells
    that should be met; ``gaps`` those of them that are not, in order; ``records`` names the records
    behind each cell; ``percent`` is the share of expected cells met, a whole number from 0 to 100.
    """

    counts: Mapping[str, Mapping[str, int]]
    gaps: tuple[Cell, ...]
    expected: tuple[Cell, ...]
    percent: int
    records: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)


def coverage(
    events: Iterable[Values],
    interactions: Iterable[Values],
    partner_kind: Callable[[str], str],
    expected: Callable[[str], Iterable[str]] = codelists.expected_audiences,
) -> Coverage:
    """Coverage of all topics by held events and by interactions.

    ``partner_kind`` gives the kind of the partner with that id (empty if unknown): an interaction
    whose topic names no audience was with the audience of its partners' kinds. ``expected`` gives
    the expected audiences of a topic.
    """
    met: dict[Cell, list[str]] = {}
    for record, cells in _told(events, interactions, partner_kind):
        for cell in cells:
            met.setdefault(cell, []).append(record)
    found = of_counts({cell: len(records) for cell, records in met.items()}, expected)
    return replace(found, records={cell: tuple(records) for cell, records in met.items()})


def of_counts(
    met: Mapping[Cell, int], expected: Callable[[str], Iterable[str]] = codelists.expected_audiences
) -> Coverage:
    """Coverage from how many records met each cell."""
    topics, audiences = codelists.codes("topic"), codelists.codes("participant_role")
    counts = {topic: {each: met.get((topic, each), 0) for each in audiences} for topic in topics}
    wanted = tuple(
        (topic, each) for topic in topics for chosen in [set(expected(topic))] for each in audiences if each in chosen
    )
    gaps = tuple(cell for cell in wanted if not met.get(cell))
    percent = 100 * (len(wanted) - len(gaps)) // len(wanted) if wanted else 100
    return Coverage(counts, gaps, wanted, percent)


def _told(
    events: Iterable[Values], interactions: Iterable[Values], partner_kind: Callable[[str], str]
) -> Iterator[tuple[str, set[Cell]]]:
    for event in events:
        if event.get("status") == "held":
            yield str(event.get("id", "")), {(topic, each) for topic, said in _topics(event) for each in said}
    for talk in interactions:
        kinds = (partner_kind(partner) for partner in talk.get("partners") or ())
        default = {codelists.audience(kind) for kind in kinds if kind}
        cells = {(topic, each) for topic, said in _topics(talk) for each in (said or default)}
        yield str(talk.get("id", "")), cells


def _topics(record: Values) -> Iterator[tuple[str, tuple[str, ...]]]:
    for item in record.get("topics") or ():
        yield item["topic"], tuple(item.get("audience") or ())
