"""What is to be done, as reports say it: once an arrangement or next step has a task, its who, when and state count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from progressus_desktop.domain import task
from progressus_desktop.domain.fields import Values
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Records

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what, who, ISO day, state (a code, ``open`` without one); ``task`` is the id of its task."""

    what: str
    who: str
    due: str
    state: str = OPEN
    task: str = ""


def arrangements(lookup: Records, event: Values) -> list[Step]:
    """What was arranged at an event, in the order of its record."""
    rows = [
        (task.source_id(say.text(event, "id"), str(row["key"])) if row.get("key") else "", row)
        for row in say.rows(event, "arrangements")
    ]
    lookup.tasks([made for made, _row in rows if made])
    return [_step(row, lookup.record("task", made), "due") for made, row in rows]


def next_steps(lookup: Records, talks: Iterable[Values]) -> list[tuple[Values, Step]]:
    """The next steps of contacts that have one, each with its contact; read together."""
    with_step = [talk for talk in talks if say.text(talk, "next_step") or say.text(talk, "next_step_due")]
    ids = [task.source_id(say.text(talk, "id"), task.NEXT_STEP) for talk in with_step]
    lookup.tasks(ids)
    return [
        (talk, _step(talk, lookup.record("task", made), "next_step_due"))
        for talk, made in zip(with_step, ids, strict=True)
    ]


def with_tasks(lookup: Records, talks: Sequence[Values]) -> list[Values]:
    """Contacts as their tasks say: the day of the next step, and as ``next_step_state`` whether it was done."""
    known = {say.text(talk, "id"): step for talk, step in next_steps(lookup, talks) if step.task}
    return [
        {**talk, "next_step_due": known[key].due, "next_step_state": known[key].state}
        if (key := say.text(talk, "id")) in known
        else talk
        for talk in talks
    ]


def about(lookup: Records, record_id: str) -> list[Step]:
    """The tasks that name a record as what they are about."""
    return [_of(each) for each in lookup.linked("task", "record", record_id)]


def _of(made: Values) -> Step:
    return Step(
        say.text(made, "what"),
        say.text(made, "who"),
        say.text(made, "due"),
        say.text(made, "state") or OPEN,
        say.text(made, "id"),
    )


def _step(row: Values, made: Values | None, due: str) -> Step:
    words = say.text(row, "what") or say.text(row, "next_step") or say.text(row, "subject")
    if made is None:
        return Step(words, say.text(row, "who"), say.text(row, due), say.text(row, "state") or OPEN)
    owned = _of(made)
    return Step(words, owned.who, owned.due, owned.state, owned.task)
