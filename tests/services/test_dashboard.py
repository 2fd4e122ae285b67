"""The dashboard says what waits, whose report is due, what comes, and which audiences heard of no topic."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from progressus_desktop.domain import codelists
from progressus_desktop.domain.coverage import coverage
from progressus_desktop.services import (
    dashboard,
    keeping,
    monthly,
    records,
    report_parts,
    report_readiness,
    tasks,
    topiccover,
)
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace

HELD = {
    "title": "Warsztat", "kind": "workshop", "status": "held", "date": "2026-11-18", "locality": "Zmyślona",
    "course": "Rozmowa.", "participants": {"pwd": {"f": 3}}, "signatures_count": 3, "gmina": "3215052",
    "topics": [{"topic": "T2", "depth": "workshop", "audience": ["ngo_staff"]}],
}  # fmt: skip


def kinds(ws: Workspace) -> list[tuple[str, str]]:
    return [(each.kind, each.act) for each in dashboard.read(ws).lines]


def partner(ws: Workspace, name: str, last: str) -> str:
    values = {
        "name": name,
        "kind": "ops",
        "locality": "Zmyślona",
        "relations": [{"stage": "active", "date": "2026-03-01"}],
    }
    made = records.add_many(ws, "partner", [values])[0]
    talk = {"date": last, "channel": "phone", "subject": "rozmowa", "partners": [made], "result": "informed"}
    records.add_many(ws, "interaction", [talk])
    return made


@pytest.mark.parametrize(
    ("day", "due_day", "month", "due"),
    [
        ("2026-11-23", 5, "2026-11", "2026-12-05"),
        ("2026-12-05", 5, "2026-11", "2026-12-05"),
        ("2026-12-06", 5, "2026-12", "2027-01-05"),
        ("2027-01-31", 31, "2026-12", "2027-01-31"),
        ("2027-01-01", 31, "2026-12", "2027-01-31"),
    ],
)
def test_the_report_is_that_of_the_last_month_until_it_is_due(day: str, due_day: int, month: str, due: str) -> None:
    found = dashboard.report_month(date.fromisoformat(day), due_day)
    assert (found[0], found[1].isoformat()) == (month, due)


def test_an_empty_workspace_has_nothing_waiting_and_says_so(lone: Workspace) -> None:
    found = dashboard.read(lone)
    assert (found.lines, found.more, found.open_tasks, found.events) == ((), 0, 0, ())
    report = found.report
    assert (report.month, report.ready, report.total) == ("2026-11", 0, 10)
    assert [(each.kind, each.act, each.place) for each in report.lines[:2]] == [
        ("err", "write", "short"), ("warn", "show", "topics"),
    ]  # fmt: skip
    assert all(each.met == 0 for each in found.topics)


def test_each_kind_of_thing_has_its_place_before_any_has_a_second(lone: Workspace) -> None:
    wrong: dict[str, Any] = {**HELD, "end": "09:00", "start": "10:00"}
    events = records.add_many(lone, "event", [wrong, {**wrong, "date": "2026-11-20"}, HELD], draft=True)
    due = [{"what": f"zadanie {n}", "who": "Anna", "due": f"2026-11-{20 + n}"} for n in range(5)]
    made = records.add_many(lone, "task", due)
    silent = partner(lone, "Milcząca", "2026-08-12")
    partner(lone, "Rozmowna", "2026-11-20")

    found = dashboard.read(lone)
    assert [each.act for each in found.lines] == ["mend", "mend", "done", "contact"]
    assert {each.record_id for each in found.lines[:2]} == set(events[:2])
    assert found.lines[0].place in {"start", "end"}
    assert (found.lines[2].record_id, found.lines[2].kind) == (made[0], "warn")  # late since yesterday
    assert found.lines[3].record_id == silent
    assert "103" in str(found.lines[3].message)
    assert (found.more, found.open_tasks) == (4, 5)

    tasks.turn(lone, made[:4])
    assert [each.record_id for each in dashboard.read(lone).lines if each.act == "done"] == [made[4]]


def test_photos_without_permission_are_counted_by_event(lone: Workspace) -> None:
    event = records.add_many(lone, "event", [HELD])[0]
    photo = {"event": event, "kind": "photo", "alt": "Sala", "people_shown": "recognisable"}
    records.add_many(lone, "photo", [photo, photo, {**photo, "people_shown": "nobody"}], draft=True)
    (line,) = [each for each in dashboard.read(lone).lines if each.act == "fill"]
    assert (line.record_id, line.place) == (event, "photos")
    assert "2" in str(line.message)
    assert "18.11.2026" in str(line.message)


def test_the_month_s_report_names_open_parts_and_leads_to_the_first_draft(lone: Workspace) -> None:
    records.add_many(lone, "event", [HELD, {**HELD, "date": "2026-10-30"}])
    (draft,) = records.add_many(lone, "event", [{**HELD, "start": "10:00", "end": "09:00"}], draft=True)
    record = monthly.begin(lone, "2026-11")
    records.save(lone, monthly.NAME, record, {"summary": "Dwa warsztaty.", "plan": "Trzeci."})
    expected = [
        {"topic": each.code, "depth": "presented", "audience": list(each.missing)}
        for each in dashboard.read(lone).topics
    ]
    records.add_many(lone, "event", [{**HELD, "title": "Targi", "topics": expected}])
    report = dashboard.read(lone).report
    assert (report.ready, report.total, report.days_left, report.state) == (3, 10, 12, "draft")
    line = report.lines[0]
    assert (line.kind, line.act, line.entity, line.record_id) == ("warn", "show", "event", draft)


def test_a_report_that_was_handed_over_is_said_so(lone: Workspace) -> None:
    record = monthly.begin(lone, "2026-11")
    records.save(lone, monthly.NAME, record, {"summary": "Nic."})
    monthly.hand_over(lone, record)
    report = dashboard.read(lone).report
    assert report.state == "ready"
    assert [each.kind for each in report.lines] == ["ok", "ok"]


@pytest.mark.parametrize("written", [{}, {"summary": "Trzy.", "plan": "Dwa.", "conclusions": "Jeden."}])
def test_the_parts_the_database_counts_are_those_of_the_records(lone: Workspace, written: dict[str, str]) -> None:
    """The dashboard against the page of the report."""
    every_sort(lone, random.Random(7))
    records.add_many(lone, "cluster", [{"name": "Nad Strugą", "area": ["3215052"], "stage": "idea"}])
    lasting = {**HELD, "date": "2026-02-20", "sessions": [{"date": "2026-02-20", "start": "09:00", "end": "11:00"}]}
    records.add_many(lone, "event", [lasting, {**HELD, "date": "2026-02-21", "start": "09:00", "end": "10:30"}])
    talk = {"date": "2026-02-03", "channel": "phone", "subject": "rozmowa", "result": "informed", "duration_min": 45}
    records.add_many(lone, "interaction", [{**talk, "partners": [partner(lone, "Rozmowna", "2026-02-02")]}])
    record = None
    if written:
        begun = monthly.begin(lone, "2026-02")
        records.save(lone, monthly.NAME, begun, written)
        record = query.get(lone, monthly.NAME, begun)
    own = own_organisation(lone)
    with lone.reader() as connection:
        told = topiccover.read(connection, own).coverage(("2026-02", "2026-02"))
        counted = report_readiness.of_month(connection, own, "2026-02", record, told)
    looked = report_parts.look_at(lone, record, monthly.Standing("draft"), "2026-02", "monthly")
    assert counted == list(looked.over.states)
    kinds = {each.part: each.kind for each in counted}
    assert (kinds["clusters"], kinds["hours"], kinds["events"]) == ("ok", "ok", "warn")


def test_the_next_events_are_those_that_were_not_held_yet(lone: Workspace) -> None:
    ahead = {"kind": "workshop", "status": "planned", "locality": "Zmyślona"}
    days = ("2026-12-03", "2026-11-27", "2026-12-01", "2027-01-10", "2026-11-22")
    records.add_many(lone, "event", [{**ahead, "title": day, "date": day} for day in days], draft=True)
    records.add_many(lone, "event", [{**ahead, "title": "odwołane", "date": "2026-11-28", "status": "cancelled"}],
                     draft=True)  # fmt: skip
    assert [row.values["title"] for row in dashboard.read(lone).events] == ["2026-11-27", "2026-12-01", "2026-12-03"]


def test_coverage_counts_ready_records_of_a_time_and_a_gmina_with_those_behind(lone: Workspace) -> None:
    first, other = records.add_many(lone, "event", [HELD, {**HELD, "date": "2026-10-01", "gmina": "3215023"}])
    records.add_many(lone, "event", [{**HELD, "start": "10:00", "end": "09:00"}], draft=True)
    own, cell = own_organisation(lone), ("T2", "ngo_staff")

    def behind(*by: Any) -> list[str]:
        with lone.reader() as connection:
            return [record for _entity, record in topiccover.behind(connection, cell, *by)]

    with lone.reader() as connection:
        told = topiccover.read(connection, own)
    assert (told.months(), told.gminas()) == (("2026-11", "2026-10"), {"3215052", "3215023"})
    assert behind() == [first, other]
    assert behind(("2026-11", "2026-11")) == [first]
    assert behind(topiccover.EVER, "3215023") == [other]
    assert told.coverage().counts["T2"]["ngo_staff"] == 2
    assert told.coverage(("2026-11", "2026-11")).counts["T2"]["ngo_staff"] == 1
    topics = {each.code: each for each in topiccover.topics(told.coverage())}
    assert topics["T2"].missing == ()
    assert (topics["T4"].met, topics["T4"].missing) == (0, ("ngo_staff", "local_government"))


def chosen_topics(rng: random.Random, **how: str) -> list[dict[str, Any]]:
    audiences = codelists.codes("participant_role")
    chosen = rng.sample(codelists.codes("topic"), rng.randrange(4))
    return [{"topic": each, "audience": rng.sample(audiences, rng.randrange(4)), **how} for each in chosen]


def every_sort(ws: Workspace, rng: random.Random) -> None:
    """Events and talks, planned, held and drafts, with and without gminas and audiences."""
    places, kinds = ["3215052", "3215023", None], ["ops", "employer", "kgw", "gmina", "other"]
    homes = [{"name": f"P {n}", "kind": kinds[n % 5], "locality": "X", "gmina": places[n % 3]} for n in range(10)]
    partners = records.add_many(ws, "partner", homes)
    events = [
        {**HELD, "date": f"2026-{rng.randrange(1, 4):02}-11", "status": rng.choice(["held", "held", "planned"]),
         "topics": chosen_topics(rng, depth="presented"), "gmina": rng.choice(places),
         "partners": rng.sample(partners, 2)}
        for _each in range(60)
    ]  # fmt: skip
    talks = [
        {"date": f"2026-{rng.randrange(1, 4):02}-11", "channel": "phone", "subject": "rozmowa", "result": "informed",
         "topics": chosen_topics(rng), "partners": rng.sample(partners, rng.randrange(1, 4))}
        for _each in range(60)
    ]  # fmt: skip
    records.add_many(ws, "event", events, draft=True)
    records.add_many(ws, "event", [{**each, "title": "drugie"} for each in events if each["status"] == "held"])
    records.add_many(ws, "interaction", talks)


@pytest.mark.parametrize("months", [topiccover.EVER, ("2026-02", "2026-02")])
@pytest.mark.parametrize("gmina", ["", "3215052", "3215023"])
def test_what_the_database_counts_is_what_the_records_say(
    lone: Workspace, months: topiccover.Months, gmina: str
) -> None:
    """The counting statements against the rule itself."""
    every_sort(lone, random.Random(5))
    with lone.reader() as connection:
        lookup = query.lookup(lone, connection)

        def partner(each: str, name: str) -> Any:
            return (lookup.record("partner", each) or {}).get(name)

        def asked(entity: str) -> Iterator[dict[str, Any]]:
            for each in query.each(lone, entity, query.View(), connection):
                of = each.fields
                where = {of["gmina"]} if of.get("gmina") else {partner(at, "gmina") for at in of.get("partners") or ()}
                inside = months[0] <= of["date"][:7] <= months[1] and (not gmina or gmina in where)
                if inside and each.entry != "draft":
                    yield {**of, "id": each.id}

        said = coverage(asked("event"), asked("interaction"), lambda each: str(partner(each, "kind")))
        counted = topiccover.read(connection).coverage(months, gmina)
        assert (counted.counts, counted.gaps, counted.percent) == (said.counts, said.gaps, said.percent)
        for cell, ids in said.records.items():
            found = topiccover.behind(connection, cell, months, gmina)
            assert sorted(record for _entity, record in found) == sorted(ids)


def test_a_copy_elsewhere_is_remembered_with_its_day(lone: Workspace, tmp_path: Any) -> None:
    assert keeping.copied(lone) == keeping.Copied(0, 0)
    keeping.daily(lone)
    keeping.backup(lone, tmp_path / "pendrive")
    now = lone.clock.now_ms()
    assert keeping.copied(lone) == keeping.Copied(now, now)
    assert query.total(lone, "event", query.View()) == 0
