"""The change log is the only writer and never loses anything."""

from __future__ import annotations

import pytest
import sqlcipher3
from sqlalchemy import exc

from progressus_desktop.clock import FixedClock
from progressus_desktop.domain.records import Committed
from progressus_desktop.store import changes, drafts, query, workspace
from progressus_desktop.store.changes import decode, tag
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event, an_interaction, write


def _bodies(ws: Workspace) -> list[tuple[bytes, bytes]]:
    with ws.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id, body FROM log_change ORDER BY arrival").all()
    return [(bytes(row[0]), bytes(row[1])) for row in rows]


def test_one_save_of_one_record_is_one_row_whose_id_names_laptop_number_and_content(ws: Workspace) -> None:
    an_event(ws)
    an_event(ws, title="Warsztat")
    rows = _bodies(ws)
    assert len(rows) == 2
    for seq, (change_id, body) in enumerate(rows, start=1):
        assert change_id[:6] == ws.replica.id
        assert int.from_bytes(change_id[6:10], "big") == seq
        assert change_id[10:] == tag(body)


def test_a_save_supersedes_what_the_form_showed(ws: Workspace) -> None:
    event = an_event(ws)
    first = query.get(ws, "event", event)
    assert first is not None
    write(ws, "event", {"title": "Inny tytuł"}, event)
    entry = decode(*_bodies(ws)[-1])
    assert entry.keys["title"] == ("Inny tytuł", first.seen["title"])
    assert set(entry.keys) == {"title"}


def test_a_value_that_came_under_an_open_form_becomes_a_conflict_and_is_not_overwritten(ws: Workspace) -> None:
    event = an_event(ws)
    opened = query.get(ws, "event", event)
    assert opened is not None
    write(ws, "event", {"title": "Zmienione w tle"}, event)
    late = changes.Change("save", "event", event, {"title": ("Z formularza", opened.seen["title"])})
    ws.commit([late], "edit", "change:event:title")
    now = query.get(ws, "event", event)
    assert now is not None
    assert now.fields["title"] == "Z formularza"
    assert [value for value, _by, _at in now.conflicts[0].values] == ["Z formularza", "Zmienione w tle"]


def test_the_database_itself_refuses_a_write_past_the_log(ws: Workspace) -> None:
    an_event(ws, partners=[a_partner(ws)])
    for sql in (
        "UPDATE event SET title = 'x'",
        "DELETE FROM log_change",
        "INSERT INTO log_commit VALUES (9, 0, '', x'00', 1, 'edit', '', NULL)",
        "UPDATE record SET state = 'live'",
        "DELETE FROM event_partners",
        "UPDATE counter SET n = 0",
    ):
        with pytest.raises((exc.DBAPIError, sqlcipher3.Error)):
            ws.connection.exec_driver_sql(sql)


def test_codes_rise_over_all_entities_and_survive_deletion(ws: Workspace) -> None:
    first, second = an_event(ws), a_partner(ws)
    codes = [query.get(ws, "event", first), query.get(ws, "partner", second)]
    assert [record.code for record in codes if record] == ["DLAA-2026-0001", "DLAA-2026-0002"]
    assert query.resolve(ws, "event", "dlaa-2026-0001") == first


def test_listeners_hear_once_after_the_commit(ws: Workspace) -> None:
    heard: list[Committed] = []
    stop = ws.subscribe(heard.append)
    event = an_event(ws)
    stop()
    an_event(ws)
    assert [done.records for done in heard] == [(("event", event),)]


def test_text_that_cannot_be_read_is_kept_and_its_column_is_empty(ws: Workspace) -> None:
    event = an_event(ws, date={"?": "31.02"})
    record = query.get(ws, "event", event)
    assert record is not None
    assert record.fields["date"] == {"?": "31.02"}
    assert query.window(ws, "event", query.View(), 0)[0].values["date"] is None
    assert any(problem.field == "date" for problem in record.problems)


def test_derived_values_follow_the_records_they_come_from(ws: Workspace) -> None:
    partner = a_partner(ws)
    an_interaction(ws, partner, date="2026-03-10")
    event = an_event(ws, status="held", date="2026-05-02", partners=[partner], participants={"pwd": {"f": 2, "m": 3}})
    record = query.get(ws, "partner", partner)
    assert record is not None
    assert record.derived["last_contact"] == "2026-05-02"
    write(ws, "event", {"partners": None}, event)
    record = query.get(ws, "partner", partner)
    assert record is not None
    assert record.derived["last_contact"] == "2026-03-10"
    shown = query.get(ws, "event", event)
    assert shown is not None
    assert shown.derived["persons"] == 5


def test_a_renamed_partner_is_found_in_its_events_by_the_new_name(ws: Workspace) -> None:
    partner = a_partner(ws, name="Stara nazwa")
    an_event(ws, partners=[partner])
    write(ws, "partner", {"name": "Źrebiński Dwór"}, partner)
    assert query.total(ws, "event", query.View(text="zrebin")) == 1
    assert query.total(ws, "event", query.View(text="stara")) == 0


def test_a_commit_drops_the_draft_of_its_record_only(ws: Workspace) -> None:
    one, other = an_event(ws), an_event(ws)
    drafts.keep(ws, "event", one, "title", "Szkic")
    drafts.keep(ws, "event", other, "title", {"?": "31.02"})
    write(ws, "event", {"title": "Zapisane"}, one)
    assert drafts.pending(ws) == {("event", other): {"title": {"?": "31.02"}}}


def test_a_fixed_clock_gives_equal_times_and_moves_with_each_commit(ws: Workspace, clock: FixedClock) -> None:
    start = clock.now_ms()
    an_event(ws)
    an_event(ws)
    times = [decode(*row).at for row in _bodies(ws)]
    assert times == [start, start + 1]


def test_what_was_written_is_there_after_reopening(ws: Workspace, clock: FixedClock) -> None:
    event = an_event(ws, title="Trwałe „ąęż” 🙂")
    ws.close()
    again = workspace.open_(ws.folder, clock, password="haslo")
    record = query.get(again, "event", event)
    assert record is not None
    assert record.fields["title"] == "Trwałe „ąęż” 🙂"
    assert not again.copied
    assert not again.unclean
