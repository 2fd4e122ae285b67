"""Undo, redo, bin and history."""

from __future__ import annotations

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.store import history, query, undo, workspace
from progressus_desktop.store.workspace import Workspace
from tests.builders import an_event, write


def _title(ws: Workspace, event: str) -> object:
    record = query.get(ws, "event", event)
    return record.fields.get("title") if record else None


def test_undo_brings_the_value_back_and_redo_takes_it_again(ws: Workspace) -> None:
    event = an_event(ws, title="Pierwszy")
    write(ws, "event", {"title": "Drugi"}, event)
    assert undo.undo(ws) is not None
    assert _title(ws, event) == "Pierwszy"
    assert undo.redo(ws) is not None
    assert _title(ws, event) == "Drugi"
    assert undo.next_redo(ws) is None


def test_undo_goes_on_across_restarts_and_names_what_it_undoes(ws: Workspace, clock: FixedClock) -> None:
    event = an_event(ws, title="Pierwszy")
    write(ws, "event", {"title": "Drugi"}, event)
    ws.close()
    again = workspace.open_(ws.folder, clock, password="haslo")
    found = undo.next_undo(again)
    assert found is not None
    assert found.label == "change:event:title"
    undo.undo(again)
    assert _title(again, event) == "Pierwszy"


def test_undo_of_a_new_record_moves_it_to_the_bin_and_nothing_is_left_to_undo(ws: Workspace) -> None:
    event = an_event(ws)
    undo.undo(ws)
    record = query.get(ws, "event", event)
    assert record is not None
    assert record.deleted
    assert query.total(ws, "event", query.View()) == 0
    assert query.total(ws, "event", query.View(deleted=True)) == 1
    assert undo.undo(ws) is None


def test_an_ordinary_commit_ends_redo(ws: Workspace) -> None:
    event = an_event(ws, title="Pierwszy")
    write(ws, "event", {"title": "Drugi"}, event)
    undo.undo(ws)
    an_event(ws)
    assert undo.redo(ws) is None


def test_undo_writes_nothing_when_the_value_moved_on(ws: Workspace) -> None:
    event = an_event(ws, title="Pierwszy")
    write(ws, "event", {"title": "Drugi", "locality": "Zmyślona"}, event)
    found = undo.next_undo(ws)
    assert found is not None
    write(ws, "event", {"title": "Trzeci"}, event)
    with pytest.raises(undo.MovedOnError) as caught:
        undo.undo_commit(ws, found.number)
    assert caught.value.clashes == [("event", event, "title", "Pierwszy", "Trzeci")]
    record = query.get(ws, "event", event)
    assert record is not None
    assert (record.fields["title"], record.fields["locality"]) == ("Trzeci", "Zmyślona")


def test_a_deleted_record_leaves_list_and_search_and_comes_back_whole(ws: Workspace) -> None:
    event = an_event(ws, title="Źródło")
    ws.commit([undo.remove(ws, "event", event)], "delete", "remove:event:")
    assert query.total(ws, "event", query.View(text="zrodlo")) == 0
    change = undo.restore(ws, "event", event)
    assert change is not None
    ws.commit([change], "restore", "restore:event:")
    assert query.total(ws, "event", query.View(text="zrodlo")) == 1
    assert undo.restore(ws, "event", event) is None


def test_history_shows_before_and_after_newest_first(ws: Workspace) -> None:
    event = an_event(ws, title="Pierwszy", topics=[{"topic": "T1", "depth": "mentioned"}])
    write(ws, "event", {"title": "Drugi"}, event)
    write(ws, "event", {"topics": [{"topic": "T1", "depth": "workshop"}]}, event)
    entries = history.of_record(ws, "event", event)
    assert [set(entry.fields) for entry in entries[:2]] == [{"topics"}, {"title"}]
    assert entries[1].fields["title"] == ("Pierwszy", "Drugi")
    assert entries[0].fields["topics"][1] == [{"topic": "T1", "depth": "workshop"}]
    assert entries[2].fields["title"] == (None, "Pierwszy")
    assert {entry.device for entry in entries} == {"DLAA"}
