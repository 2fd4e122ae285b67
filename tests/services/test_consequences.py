"""Arrangements and next steps become tasks; from then on the task owns who, due and state."""

from __future__ import annotations

from typing import Any

import pytest

from progressus_desktop.domain import task
from progressus_desktop.services import records, undoing
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

EVENT = {
    "title": "Spotkanie klastra", "kind": "cluster_meeting", "status": "planned", "date": "2026-11-18",
    "locality": "Lipniki Wzorcowe",
}  # fmt: skip
BUS = {"what": "Sprawdzić ubezpieczenie busa", "who": "Jan T.", "due": "2026-12-02"}


def an_event(ws: Workspace, *rows: dict[str, Any]) -> str:
    return records.save(ws, "event", None, {**EVENT, "arrangements": list(rows)}).id


def rows(ws: Workspace, event: str) -> list[dict[str, Any]]:
    record = records.get(ws, "event", event)
    assert record is not None
    found: list[dict[str, Any]] = record.fields["arrangements"]
    return found


def the_task(ws: Workspace, event: str, place: int = 0) -> Any:
    made = query.get(ws, "task", task.source_id(event, rows(ws, event)[place]["key"]))
    assert made is not None
    return made


def test_an_arrangement_with_a_date_is_a_task_and_one_without_is_not(lone: Workspace) -> None:
    event = an_event(lone, BUS, {"what": "Podziękować OSP"})
    (made,) = query.window(lone, "task", View(), 0)
    assert {name: made.values[name] for name in ("what", "who", "due", "state", "record", "origin")} == {
        **BUS, "state": "open", "record": event, "origin": "arrangement",
    }  # fmt: skip
    assert made.values["about"] == "Spotkanie klastra, 18.11.2026"
    assert made.id == task.source_id(event, rows(lone, event)[0]["key"])
    assert made.values["entry"] == "ready"


def test_a_date_written_later_makes_the_task_at_that_save(lone: Workspace) -> None:
    event = an_event(lone, {"what": "Podziękować OSP"})
    assert query.total(lone, "task", View()) == 0
    (row,) = rows(lone, event)
    records.save(lone, "event", event, {"arrangements": [{**row, "due": "2026-12-01"}]})
    assert the_task(lone, event).fields["due"] == "2026-12-01"


def test_the_form_shows_and_edits_the_task_and_the_event_keeps_what_it_said(lone: Workspace) -> None:
    event = an_event(lone, BUS)
    made = the_task(lone, event)
    records.save(lone, "task", made.id, {"due": "2026-12-09", "who": "Anna P."})
    (row,) = rows(lone, event)
    assert (row["due"], row["who"], row["state"]) == ("2026-12-09", "Anna P.", "open")

    before = query.get(lone, "event", event)
    assert before is not None
    records.save(lone, "event", event, {"arrangements": [{**row, "state": "done", "due": "2026-12-10"}]})
    now = the_task(lone, event)
    assert (now.fields["state"], now.fields["due"], now.fields["done_on"]) == ("done", "2026-12-10", "2026-11-23")
    after = query.get(lone, "event", event)
    assert after is not None
    assert (after.version, after.fields["arrangements"][0]["due"]) == (before.version, BUS["due"])


def test_saving_what_the_form_showed_changes_nothing(lone: Workspace) -> None:
    event = an_event(lone, BUS)
    assert records.save(lone, "event", event, {"arrangements": rows(lone, event)}).committed is None


def test_a_row_renamed_renames_its_task_and_a_row_taken_away_takes_an_open_task_with_it(lone: Workspace) -> None:
    event = an_event(lone, BUS, {"what": "Wysłać wzór", "due": "2026-11-20", "state": "done"})
    first, second = rows(lone, event)
    records.save(lone, "event", event, {"arrangements": [{**first, "what": "Sprawdzić opony busa"}, second]})
    assert the_task(lone, event).fields["what"] == "Sprawdzić opony busa"
    open_task, done_task = the_task(lone, event), the_task(lone, event, 1)
    records.save(lone, "event", event, {"arrangements": []})
    gone, kept = query.get(lone, "task", open_task.id), query.get(lone, "task", done_task.id)
    assert gone is not None
    assert kept is not None
    assert (gone.deleted, kept.deleted) == (True, False)
    undoing.undo(lone)
    assert [row["what"] for row in rows(lone, event)] == ["Sprawdzić opony busa", "Wysłać wzór"]
    assert not the_task(lone, event).deleted


def test_one_undo_takes_back_the_event_and_its_tasks(lone: Workspace) -> None:
    event = an_event(lone)
    records.save(lone, "event", event, {"arrangements": [BUS]})
    undoing.undo(lone)
    assert query.total(lone, "task", View()) == 0
    undoing.redo(lone)
    assert query.total(lone, "task", View()) == 1


def test_a_task_in_the_bin_is_not_made_again(lone: Workspace) -> None:
    event = an_event(lone, BUS)
    records.remove(lone, "task", the_task(lone, event).id)
    records.save(lone, "event", event, {"summary": "Spotkanie o dowozie."})
    assert query.total(lone, "task", View()) == 0
    assert rows(lone, event)[0]["due"] == BUS["due"]


def test_the_next_step_of_a_contact_is_a_task(lone: Workspace) -> None:
    partner = records.save(lone, "partner", None, {"name": "Jutrzenka", "kind": "employer", "locality": "Wzorów"}).id
    talk = records.save(
        lone, "interaction", None,
        {"date": "2026-11-20", "channel": "phone", "subject": "staże", "partners": [partner], "result": "informed",
         "next_step": "Rozmowa o stażach", "next_step_due": "2026-11-27"},
    ).id  # fmt: skip
    task_id = task.source_id(talk, task.NEXT_STEP)
    made = query.get(lone, "task", task_id)
    assert made is not None
    assert (made.fields["what"], made.fields["origin"], made.fields["record"]) == (
        "Rozmowa o stażach", "next_step", talk,
    )  # fmt: skip
    records.save(lone, "task", task_id, {"due": "2026-12-04"})
    shown = records.get(lone, "interaction", talk)
    assert shown is not None
    assert shown.fields["next_step_due"] == "2026-12-04"
    records.save(lone, "interaction", talk, {"next_step_due": "2026-12-11"})
    now = query.get(lone, "task", task_id)
    assert now is not None
    assert now.fields["due"] == "2026-12-11"


@pytest.mark.parametrize("given", [{"state": "done"}, {"state": "done", "done_on": "2026-11-19"}])
def test_what_becomes_done_is_done_today_unless_said_otherwise(lone: Workspace, given: dict[str, str]) -> None:
    (made,) = records.add_many(lone, "task", [{"what": "Zadzwonić", "due": "2026-11-30"}])
    records.save(lone, "task", made, given, draft=False)
    record = query.get(lone, "task", made)
    assert record is not None
    assert record.fields["done_on"] == given.get("done_on", "2026-11-23")
    records.save(lone, "task", made, {"state": "open"}, draft=False)
    again = query.get(lone, "task", made)
    assert again is not None
    assert "done_on" not in again.fields


def test_what_a_task_is_about_follows_the_record(lone: Workspace) -> None:
    event = an_event(lone, BUS)
    records.save(lone, "event", event, {"title": "Targi", "date": "2026-11-14"})
    assert the_task(lone, event).derived["about"] == "Targi, 14.11.2026"
    records.remove(lone, "event", event)
    assert query.window(lone, "task", View(), 0)[0].values["about"] is None
