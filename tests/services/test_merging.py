"""Two records of the same organisation made one, and taken apart again."""

from __future__ import annotations

import pytest

from progressus_desktop.errors import UsageError
from progressus_desktop.services import deciding, merging, records, undoing
from progressus_desktop.store import check, history, query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

KGW = {"name": "KGW Malwa", "kind": "kgw", "locality": "Wzorów", "phone": "94 374 00 00"}


def _two(ws: Workspace) -> tuple[str, str]:
    keep = records.save(ws, "partner", None, {**KGW, "target_groups": ["mobility"]}, draft=False).id
    twin = {"name": "Koło Gospodyń Malwa", "kind": "kgw", "locality": "Wzorów", "email": "kgw@przyklad.pl"}
    drop = records.save(ws, "partner", None, {**twin, "target_groups": ["seniors"]}, draft=False).id
    return keep, drop


def _an_event(ws: Workspace, *partners: str) -> str:
    values = {"title": "Warsztat", "kind": "workshop", "status": "planned", "date": "2026-11-27",
              "locality": "Wzorów", "partners": list(partners)}  # fmt: skip
    return records.save(ws, "event", None, values, draft=False).id


def test_a_merge_keeps_what_is_chosen_joins_what_is_listed_and_is_undone_as_one(lone: Workspace) -> None:
    keep, drop = _two(lone)
    event = _an_event(lone, drop)
    differing = {each.field.name: each.take for each in merging.choices(lone, "partner", keep, drop)}
    assert differing == {"name": "keep", "email": "drop"}
    merging.merge(lone, "partner", keep, drop, {"name": "drop"})
    record = query.get(lone, "partner", keep)
    assert record is not None
    assert (record.fields["name"], record.fields["phone"]) == ("Koło Gospodyń Malwa", "94 374 00 00")
    assert record.fields["email"] == "kgw@przyklad.pl"
    assert record.fields["target_groups"] == ["mobility", "seniors"]
    assert not record.conflicts
    assert query.total(lone, "partner", View()) == 1
    assert query.total(lone, "partner", View(deleted=True)) == 0
    held = query.get(lone, "event", event)
    assert held is not None
    assert held.fields["partners"] == [keep]
    assert [each.id for each in query.linked(lone, "event", "partners", keep)] == [event]
    undoing.undo(lone)
    back = query.get(lone, "partner", keep)
    assert back is not None
    assert back.fields["name"] == "KGW Malwa"
    assert back.fields["target_groups"] == ["mobility"]
    assert query.total(lone, "partner", View()) == 2
    assert [each.id for each in query.linked(lone, "event", "partners", drop)] == [event]
    undoing.redo(lone)
    again = query.get(lone, "partner", keep)
    assert again is not None
    assert again.fields["target_groups"] == ["mobility", "seniors"]
    assert not again.conflicts
    assert check.check(lone).ok


def test_taking_apart_leaves_what_was_changed_since(lone: Workspace) -> None:
    keep, drop = _two(lone)
    merging.merge(lone, "partner", keep, drop, {"name": "drop"})
    records.save(lone, "partner", keep, {"name": "KGW Malwa z Wzorowa", "note": "po scaleniu"})
    with pytest.raises(UsageError):
        records.save(lone, "partner", drop, {"note": "schowana"})
    assert [each.id for each in merging.merged_into(lone, "partner", keep)] == [drop]
    merging.unmerge(lone, "partner", drop)
    kept, dropped = (query.get(lone, "partner", each) for each in (keep, drop))
    assert kept is not None
    assert dropped is not None
    assert kept.fields["name"] == "KGW Malwa z Wzorowa"
    assert "email" not in kept.fields
    assert kept.fields["target_groups"] == ["mobility"]
    assert (dropped.deleted, dropped.fields["email"]) == (False, "kgw@przyklad.pl")
    labels = [each.label.partition(":")[0] for each in history.of_record(lone, "partner", keep)]
    assert labels == ["unmerge", "change", "merge", "add"]
    assert check.check(lone).ok


def test_chains_of_merges_lead_to_one_record_and_names_are_found_under_it(lone: Workspace) -> None:
    keep, middle = _two(lone)
    last = records.save(lone, "partner", None, {**KGW, "name": "Malwa", "nip": "856-734-62-15"}, draft=False).id
    event = _an_event(lone, keep, middle, last)
    merging.merge(lone, "partner", middle, last)
    merging.merge(lone, "partner", keep, middle)
    held = query.get(lone, "event", event)
    assert held is not None
    assert held.fields["partners"] == [keep]
    record = query.get(lone, "partner", keep)
    assert record is not None
    assert record.fields["nip"] == "8567346215"
    with pytest.raises(UsageError):
        merging.merge(lone, "partner", last, keep)
    assert not deciding.conflicts(lone)
    assert {hit.id for hit in search.everywhere(lone, "malwa") if hit.entity == "partner"} == {keep}
    merging.unmerge(lone, "partner", middle)
    shown = query.get(lone, "event", event)
    assert shown is not None
    assert set(shown.fields["partners"]) == {keep, middle}
    assert check.check(lone).ok
