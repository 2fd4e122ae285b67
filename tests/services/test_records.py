"""Saving records through the services."""

from __future__ import annotations

import time

import pytest

from progressus_desktop.domain.fields import Level
from progressus_desktop.errors import AccessError, ConflictError, UsageError, ValidationError
from progressus_desktop.services import keeping, records, undoing, workspaces
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

KGW = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Zmyślona"}
EVENT = {"title": "Warsztat", "kind": "workshop", "status": "planned", "date": "2026-11-27", "locality": "Zmyślona"}


def test_a_partner_becomes_ready_in_the_save_that_leaves_it_without_errors(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, {"name": "KGW „Malwa”"})
    first = query.get(lone, "partner", saved.id)
    assert first is not None
    assert first.entry == "draft"
    records.save(lone, "partner", saved.id, {"kind": "kgw", "locality": "Zmyślona"})
    second = query.get(lone, "partner", saved.id)
    assert second is not None
    assert second.entry == "ready"
    records.save(lone, "partner", saved.id, {"locality": None})
    third = query.get(lone, "partner", saved.id)
    assert third is not None
    assert third.entry == "draft"


def test_an_event_becomes_ready_only_by_a_person_and_falls_back_with_an_error(lone: Workspace) -> None:
    saved = records.save(lone, "event", None, {**EVENT, **records.defaults(lone, "event")})
    assert _entry(lone, "event", saved.id) == "draft"
    records.mark_ready(lone, "event", saved.id)
    assert _entry(lone, "event", saved.id) == "ready"
    records.save(lone, "event", saved.id, {"start": "16:00", "end": "15:00"})
    assert _entry(lone, "event", saved.id) == "draft"
    with pytest.raises(ValidationError):
        records.mark_ready(lone, "event", saved.id)


def _entry(ws: Workspace, entity: str, record_id: str) -> str:
    found = query.get(ws, entity, record_id)
    assert found is not None
    return found.entry


def test_the_strict_save_refuses_an_error_and_writes_nothing(lone: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        records.save(lone, "partner", None, {**KGW, "nip": "1234567890"}, draft=False)
    assert refused.value.field == "nip"
    with pytest.raises(ValidationError) as unknown:
        records.save(lone, "partner", None, {**KGW, "nipp": "1"}, draft=False)
    assert unknown.value.field == "nipp"
    assert query.total(lone, "partner", View()) == 0


def test_many_records_are_added_all_or_none(lone: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        records.add_many(lone, "partner", [KGW, {"name": "Bez rodzaju"}])
    assert "2" in str(refused.value.hint)
    assert query.total(lone, "partner", View()) == 0
    ids = records.add_many(lone, "partner", [KGW, {**KGW, "name": "OSP Zmyślona", "kind": "osp"}])
    assert [_entry(lone, "partner", each) for each in ids] == ["ready", "ready"]


def test_a_thousand_records_take_seconds_at_most(lone: Workspace) -> None:
    begun = time.process_time()
    records.add_many(lone, "partner", [{**KGW, "name": f"KGW {n}"} for n in range(1000)])
    assert time.process_time() - begun < 15


def test_references_are_codes_or_ids_and_a_new_person_comes_in_the_same_commit(lone: Workspace) -> None:
    partner = records.save(lone, "partner", None, KGW, draft=False)
    contact = records.save(
        lone, "contact", None, {"person": {"last_name": "Nowa"}, "partner": partner.code}, draft=False
    )
    found = query.get(lone, "contact", contact.id)
    assert found is not None
    assert found.fields["partner"] == partner.id
    person = query.get(lone, "person", found.fields["person"])
    assert person is not None
    assert person.fields["last_name"] == "Nowa"
    undoing.undo(lone)
    assert query.total(lone, "person", View()) == 0


def test_an_unknown_code_is_refused(lone: Workspace) -> None:
    with pytest.raises(ValidationError) as refused:
        records.save(lone, "contact", None, {"person": {"last_name": "Nowa"}, "partner": "XXX-2026-0001"}, draft=False)
    assert refused.value.field == "partner"


def test_a_stage_is_ones_own_and_of_today(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, {**KGW, "relations": [{"stage": "talks"}]}, draft=False)
    found = query.get(lone, "partner", saved.id)
    assert found is not None
    row = found.fields["relations"][0]
    assert (row["organisation"], row["date"], found.derived["stage"]) == (lone.space, "2026-11-23", "talks")


def test_a_save_with_an_old_version_is_refused(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, KGW, draft=False)
    old = query.get(lone, "partner", saved.id)
    assert old is not None
    records.save(lone, "partner", saved.id, {"phone": "94 374 00 00"}, draft=False)
    with pytest.raises(ConflictError):
        records.save(lone, "partner", saved.id, {"phone": "94 374 00 01"}, draft=False, if_version=old.version)


def test_saving_the_same_values_writes_nothing(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, KGW, draft=False)
    again = records.save(lone, "partner", saved.id, KGW, draft=False)
    assert again.committed is None


def test_an_empty_new_record_is_not_written(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, {"name": ""})
    assert saved.committed is None
    assert saved.code == ""


def test_a_reader_writes_nothing(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, KGW, draft=False)
    user = records.save(
        lone, "user", None, {"first_name": "Jan", "last_name": "Czytelny", "role": "reader"}, draft=False
    )
    workspaces.work_as(lone, user.id)
    for act in (records.remove, records.mark_ready, records.archive):
        with pytest.raises(AccessError):
            act(lone, "partner", saved.id)
    with pytest.raises(AccessError):
        records.save(lone, "partner", saved.id, {"phone": "94 374 00 00"})
    with pytest.raises(AccessError):
        undoing.undo(lone)


def test_removed_records_lie_in_the_bin_and_come_back(lone: Workspace) -> None:
    ids = records.add_many(lone, "partner", [KGW, {**KGW, "name": "OSP Zmyślona"}])
    records.remove_many(lone, "partner", ids)
    assert {each.id for each in keeping.bin_of(lone)} == set(ids)
    with pytest.raises(UsageError):
        records.remove(lone, "partner", ids[0])
    records.restore(lone, "partner", ids[0])
    assert {each.id for each in keeping.bin_of(lone)} == {ids[1]}


def test_an_archived_record_stays_archived_until_a_person_says_so(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, KGW, draft=False)
    with pytest.raises(UsageError):
        records.mark_draft(lone, "partner", saved.id)
    records.archive(lone, "partner", saved.id)
    records.save(lone, "partner", saved.id, {"phone": "94 374 00 00"})
    assert _entry(lone, "partner", saved.id) == "archived"
    records.mark_draft(lone, "partner", saved.id)
    assert _entry(lone, "partner", saved.id) == "draft"


def test_a_reference_to_a_draft_and_a_likely_duplicate_are_warnings(lone: Workspace) -> None:
    draft = records.save(lone, "partner", None, {"name": "Szkicowy partner"})
    values = {**EVENT, **records.defaults(lone, "event"), "partners": [draft.id]}
    found = records.problems(lone, "event", records.new_id(lone), values)
    assert ("partners", "reference_draft", Level.WARNING) in {(each.field, each.code, each.level) for each in found}
    records.save(lone, "partner", None, KGW, draft=False)
    hints = records.problems(lone, "partner", records.new_id(lone), {**KGW, "name": "KGW Malwa"})
    assert [each.code for each in hints] == ["duplicate"]


def test_undo_gives_back_what_was_before(lone: Workspace) -> None:
    saved = records.save(lone, "partner", None, KGW, draft=False)
    before = query.get(lone, "partner", saved.id)
    records.save(lone, "partner", saved.id, {"locality": "Wzorów", "phone": "94 374 00 00"})
    assert undoing.next_words(lone)[0]
    undoing.undo(lone)
    after = query.get(lone, "partner", saved.id)
    assert before is not None
    assert after is not None
    assert after.fields == before.fields
