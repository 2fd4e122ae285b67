"""Indicators count by their rule, never twice, and name the records behind each number."""

from __future__ import annotations

from typing import Any

import pytest

from progressus_desktop.domain import codelists
from progressus_desktop.domain.figures import RULES, Facts, Figure, typed

MAY = ("2026-05-01", "2026-05-31")


def facts(**given: Any) -> Facts:
    return Facts(*MAY, **given)


def held(record: str = "e1", **changes: Any) -> dict[str, Any]:
    return {"id": record, "status": "held", "date": "2026-05-12", "gmina": "3215052"} | changes


def by(rule: str, **given: Any) -> Figure:
    return RULES[rule](facts(**given))


def told(figure: Figure) -> tuple[int, list[str]]:
    return figure.value, [each.record for each in figure.sources]


def test_there_is_a_rule_for_each_of_the_starter_set() -> None:
    assert set(RULES) | {"manual"} == set(codelists.codes("indicator_rule"))
    assert all(codelists.unit(rule) for rule in RULES)


def test_only_held_events_of_the_period_count() -> None:
    events = [held(), held("e2", status="planned"), held("e3", date="2026-06-01"), held("e4", date={"?": "maj"})]
    assert told(by("events_held", events=events)) == (1, ["e1"])
    assert by("events_held", events=events).by_gmina() == {"3215052": 1}


def test_an_organisation_counts_once_and_those_of_the_project_do_not() -> None:
    events = [held(partners=["p1", "p2"], host="p1"), held("e2", partners=["p2"], co_organisers=["us"])]
    talks = [
        {"id": "i1", "date": "2026-05-20", "partners": ["p2", "p3"]},
        {"id": "i2", "date": "2026-04-20", "partners": ["p4"]},
    ]
    partners = {"us": {"in_project": True}, "p1": {}, "p2": {}, "p3": {}, "p4": {}}
    figure = by("organisations_informed", events=events, interactions=talks, partners=partners)
    assert told(figure) == (3, ["p1", "p2", "p3"])


def test_members_count_once_while_their_membership_meets_the_period() -> None:
    rows = [
        {"partner": "p1", "date_from": "2026-03-01"},
        {"partner": "p1", "date_from": "2026-05-01"},
        {"partner": "p2", "date_from": "2026-03-01", "date_to": "2026-05"},
        {"partner": "p3", "date_from": "2026-03-01", "date_to": "2026-04"},
        {"partner": "p4", "date_from": "2026-06-01"},
    ]
    assert told(by("organisations_in_clusters", memberships=rows)) == (2, ["p1", "p2"])


def test_clusters_count_in_the_period_in_which_they_reached_the_stage() -> None:
    def a_cluster(record: str, *stages: tuple[str, str]) -> dict[str, Any]:
        return {"id": record, "stage_dates": [{"stage": stage, "date": day} for stage, day in stages]}

    clusters = [
        a_cluster("c1", ("idea", "2026-05-02")),
        a_cluster("c2", ("initiative_group", "2026-05-02"), ("declaration", "2026-06-01")),
        a_cluster("c3", ("initiative_group", "2026-04-02"), ("declaration", "2026-05-20")),
        a_cluster("c4", ("operation", "2026-05-20")),
    ]
    assert told(by("clusters_started", clusters=clusters)) == (2, ["c2", "c4"])
    assert told(by("clusters_declared", clusters=clusters)) == (2, ["c3", "c4"])


def test_a_letter_of_intent_counts_once_whether_signed_or_noted_as_a_stage() -> None:
    partners = {
        "p1": {
            "declarations": [{"kind": "letter_of_intent", "date": "2026-05-03"}],
            "relations": [{"stage": "declared", "date": "2026-05-04"}],
        },
        "p2": {"relations": [{"stage": "declared", "date": "2026-04-04"}, {"stage": "active", "date": "2026-05-04"}]},
        "p3": {"declarations": [{"kind": "agreement", "date": "2026-05-03"}]},
    }
    assert told(by("letters_of_intent", partners=partners)) == (1, ["p1"])


def test_actions_count_once_begun_and_bring_jobs_and_internships() -> None:
    actions = [
        {"id": "a1", "state": "finished", "date_from": "2026-05-05",
         "outcomes": {"internship": {"f": 2, "m": 1}, "job": {"m": 1}}},
        {"id": "a2", "state": "planned", "date_from": "2026-05-05", "outcomes": {"job": {"f": 9}}},
        {"id": "a3", "state": "in_progress", "date_from": "2026-04-05", "outcomes": {"job": {"f": 9}}},
    ]  # fmt: skip
    assert told(by("joint_actions", actions=actions)) == (1, ["a1"])
    assert by("internships", actions=actions).sexes == (2, 1, 0)
    assert told(by("jobs", actions=actions)) == (1, ["a1"])


def test_new_offers_count_by_the_day_they_began() -> None:
    offers = [
        {"id": "o1", "new_since_project": True, "new_since": "2026-05-01"},
        {"id": "o2", "new_since_project": False, "new_since": "2026-05-01"},
        {"id": "o3", "new_since_project": True},
    ]
    assert told(by("new_offers", offers=offers)) == (1, ["o1"])


def test_recipients_and_users_are_counted_apart_by_sex() -> None:
    events = [
        held(participants={"pwd": {"f": 5, "m": 4, "x": 1}, "ngo_staff": {"f": 6}}, of_which={"pwd": {"f": 9}}),
        held("e2", participants={"ngo_staff": {"m": 2}}, of_which={"pwd": {"f": 3}}),
        held("e3", participants={"media": {"m": 2}}),
    ]
    recipients = by("recipients", events=events)
    assert (told(recipients), recipients.sexes) == ((13, ["e1", "e2"]), (8, 4, 1))
    assert by("users", events=events).sexes == (6, 2, 0)


def test_an_institution_met_twice_counts_at_its_first_event() -> None:
    events = [
        held("e2", date="2026-05-20", authorities=[{"institution": "gmina przykładów"}, {"institution": "PUP"}]),
        held("e1", date="2026-05-12", authorities=[{"institution": "Gmina Przykładów"}, {"institution": " "}]),
    ]
    figure = by("authorities_met", events=events)
    assert (figure.value, {each.record: each.amount for each in figure.sources}) == (2, {"e1": 1, "e2": 1})


def test_employers_count_once_by_action_membership_or_declaration() -> None:
    partners = {
        "p1": {"kind": "employer", "relations": [{"stage": "declared", "date": "2026-05-03"}]},
        "p2": {"kind": "zpch"}, "p3": {"kind": "kgw"}, "p4": {"kind": "employer"},
    }  # fmt: skip
    actions = [{"id": "a1", "state": "finished", "date_from": "2026-05-05", "employers": ["p1"], "partners": ["p3"]}]
    members = [{"partner": "p2", "date_from": "2026-05-05"}]
    figure = by("employers_engaged", partners=partners, actions=actions, memberships=members)
    assert told(figure) == (2, ["p1", "p2"])


def test_coverage_is_a_share_with_the_records_that_met_it() -> None:
    events = [held(topics=[{"topic": "T2", "audience": ["ngo_staff"]}, {"topic": "T1", "audience": ["other"]}])]
    figure = by("topic_coverage", events=events)
    expected = sum(len(codelists.expected_audiences(topic)) for topic in codelists.codes("topic"))
    assert told(figure) == (100 * 1 // expected, ["e1"])


@pytest.mark.parametrize(
    ("periods", "value"),
    [(["2026-05"], 7), (["2026-05-03", "2026-06"], 7), (["2026"], 0), ([""], 0)],
)
def test_typed_values_count_when_their_period_lies_inside(periods: list[str], value: int) -> None:
    rows = [{"period": each, "value": 7, "f": 4, "m": 3} for each in periods]
    figure = typed({"id": "w1", "values": rows}, *MAY)
    assert (figure.value, figure.people) == (value, bool(value))
