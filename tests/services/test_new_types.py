"""Records of the later types through the services: hints, decisions of the office, lists that follow."""

from __future__ import annotations

import pytest

from progressus_desktop.errors import AccessError
from progressus_desktop.services import records
from progressus_desktop.store import query, search
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

AREA = ["3215052"]


def a_partner(ws: Workspace, name: str = "OSP Lipniki") -> str:
    return records.save(ws, "partner", None, {"name": name, "kind": "osp", "locality": "Lipniki", "size": "small"}).id


def a_cluster(ws: Workspace, name: str = "Nad Strugą") -> str:
    return records.add_many(ws, "cluster", [{"name": name, "area": AREA, "stage": "idea"}])[0]


def test_a_second_record_of_the_same_name_or_place_is_hinted_at(lone: Workspace) -> None:
    first, partner = a_cluster(lone), a_partner(lone)
    values = {"name": "nad struga", "area": AREA, "stage": "idea"}
    hints = [each for each in records.problems(lone, "cluster", "", values) if each.code == "duplicate"]
    assert [each.field for each in hints] == ["name"]
    assert not [each for each in records.problems(lone, "cluster", first, values) if each.code == "duplicate"]
    member = {
        "cluster": first, "partner": partner, "role": "member", "date_from": "2026-03-10", "cooperation_before": "none",
    }  # fmt: skip
    records.add_many(lone, "membership", [member])
    again = records.problems(lone, "membership", "", member)
    assert [each.field for each in again if each.code == "duplicate"] == ["date_from"]
    other = records.problems(lone, "membership", "", {**member, "date_from": "2026-04-10"})
    assert not [each for each in other if each.code == "duplicate"]


def test_the_number_of_members_follows_the_memberships(lone: Workspace) -> None:
    cluster = a_cluster(lone)
    rows = [
        {"cluster": cluster, "partner": a_partner(lone, name), "role": "member", "date_from": "2026-03-10",
         "cooperation_before": "none"} for name in ("OSP Lipniki", "KGW Malwa")
    ]  # fmt: skip
    first, _second = records.add_many(lone, "membership", rows)
    assert query.window(lone, "cluster", View(), 0)[0].values["members"] == 2
    records.save(lone, "membership", first, {"date_to": "2026-10"})
    assert query.window(lone, "cluster", View(), 0)[0].values["members"] == 1


def test_a_tester_observes_and_the_office_decides(lone: Workspace) -> None:
    seen = {"date": "2026-11-18", "kind": "problem", "text": "Nie wiadomo, kto płaci.", "partner": a_partner(lone)}
    (made,) = records.add_many(lone, "observation", [seen])
    record = query.get(lone, "observation", made)
    assert record is not None
    assert record.derived["size_met"] == "small"
    with pytest.raises(AccessError) as refused:
        records.save(lone, "observation", made, {"decision": "accepted"})
    assert refused.value.field == "decision"
    with pytest.raises(AccessError):
        records.add_many(lone, "observation", [{**seen, "decision": "accepted"}])
    records.save(lone, "user", lone.person, {"role": "office"})
    records.save(lone, "observation", made, {"decision": "accepted"})
    # what stands there already may be handed in again by anybody
    records.save(lone, "user", lone.person, {"role": "tester"})
    records.save(lone, "observation", made, {"decision": "accepted", "weight": 3})


def test_an_observation_follows_the_size_of_its_partner(lone: Workspace) -> None:
    partner = a_partner(lone)
    records.add_many(
        lone, "observation", [{"date": "2026-11-18", "kind": "works", "text": "Dowóz.", "partner": partner}]
    )
    records.save(lone, "partner", partner, {"size": "large"})
    (row,) = query.window(lone, "observation", View(where=(("size_met", "large"),)), 0)
    assert row.values["size_met"] == "large"


def test_records_are_found_by_the_names_they_refer_to(lone: Workspace) -> None:
    partner = a_partner(lone, "Źrebak")
    (offer,) = records.add_many(lone, "offer", [{"partner": partner, "category": "transport"}])
    (todo,) = records.add_many(lone, "task", [{"what": "Zadzwonić", "due": "2026-11-30", "record": partner}])
    found = {(hit.entity, hit.id, hit.title) for hit in search.everywhere(lone, "zrebak")}
    assert ("offer", offer, "transport Źrebak") in found
    assert ("task", todo, "Zadzwonić") in found
    records.save(lone, "partner", partner, {"name": "Łosoś"})
    assert {hit.id for hit in search.everywhere(lone, "losos")} == {partner, offer, todo}


def test_a_task_takes_a_code_of_any_record(lone: Workspace) -> None:
    partner = a_partner(lone)
    record = query.get(lone, "partner", partner)
    assert record is not None
    (made,) = records.add_many(lone, "task", [{"what": "Zadzwonić", "due": "2026-11-30", "record": record.code}])
    kept = query.get(lone, "task", made)
    assert kept is not None
    assert (kept.fields["record"], kept.fields["state"], kept.fields["origin"]) == (partner, "open", "own")
