"""The yearly list of personal data that may be deleted: only what nobody needs any more, each with its reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from progressus_desktop.clock import FixedClock
from progressus_desktop.services import records, retention
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, write


def test_what_may_be_deleted_is_what_nobody_needs_any_more(lone: Workspace) -> None:
    partner = a_partner(lone)

    def a_contact(**more: object) -> str:
        person = {"last_name": "Zwykła", "first_name": "Ewa"}
        return records.save(lone, "contact", None, {"person": person, "partner": partner, **more}, draft=False).id

    kept, objected, ended, lately = a_contact(), a_contact(objection=True), a_contact(date_to="2024"), a_contact()
    records.save(lone, "contact", lately, {"date_to": "2026-05"})
    alone = write(lone, "person", {"last_name": "Samotna"})
    refused = write(lone, "person", {"last_name": "Trwała"})
    row = {"date": "2026-01-01", "ground": "legal_duty"}
    records.save(lone, "person", refused, {"refusals": [row]})
    removed = a_contact()
    records.remove(lone, "contact", removed)
    found = {each.id: each.why.text for each in retention.due(lone)}
    person = records.get(lone, "contact", removed)
    assert person is not None
    assert found == {
        objected: retention.OBJECTED, ended: retention.ENDED, alone: retention.UNNAMED,
        str(person.fields["person"]): retention.UNNAMED,
    }  # fmt: skip
    assert kept not in found
    lone.clock = FixedClock(datetime.fromisoformat("2026-11-23T12:00:00+01:00") + timedelta(days=40))
    assert {each.id: each.why.text for each in retention.due(lone)}[removed] == retention.IN_BIN
