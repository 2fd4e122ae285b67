"""A check notices any cache that is not what the log says, and the repair makes it so."""

from __future__ import annotations

import pytest

from progressus_desktop.store import check, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event

DAMAGES = {
    "a value": "UPDATE event SET title = 'Inny'",
    "a missing row": "DELETE FROM event",
    "a row too many": "INSERT INTO event_topics (record_no, item_key) VALUES (99, 'T1')",
    "a missing item": "DELETE FROM event_partners",
    "a derived value": "UPDATE event SET errors = errors + 1",
    "a sort key": "UPDATE event SET title_sort = x'00'",
    "a state": "UPDATE record SET state = 'deleted' WHERE entity = 'event'",
    "a head": "UPDATE record SET heads = x'80' WHERE entity = 'event'",
    "a question": "INSERT INTO conflict SELECT no, 'title' FROM record",
    "what is awaited": "INSERT INTO presup VALUES (x'00', 'title', x'00')",
    "a counter": "UPDATE counter SET n = n + 1",
    "a word too many": "INSERT INTO search_event (rowid, words, tags) VALUES (990, 'nadmiar', '')",
    "no words": "INSERT INTO search_event (search_event) VALUES ('delete-all')",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_noticed_and_mended(ws: Workspace, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    an_event(ws, partners=[a_partner(ws)], topics=[{"topic": "T1", "depth": "presented"}])
    ws.flag.on = True
    with ws.writing() as connection:
        connection.exec_driver_sql(damage)
    ws.flag.on = False
    for few in (check._FEW, 0):  # the tables of a small workspace are emptied, of a large one made anew
        monkeypatch.setattr(check, "_FEW", few)
        found = [str(each) for each in check.check(ws).findings]
        assert found == ["Tabele różnią się od dziennika zmian. Uruchom sprawdzanie z naprawą."]
    check.check(ws, rebuild=True)  # that nothing is to be found then is asked at the end of every test
    assert query.window(ws, "event", View(), 0, 1)[0].values["title"] == "Spotkanie klastra"
