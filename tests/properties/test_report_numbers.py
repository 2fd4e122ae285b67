"""The numbers in reports are those that anybody gets who counts the records again, with nothing of our code but SQL."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.domain import catalog, codelists
from progressus_desktop.reports.periodical_lines import GAP
from progressus_desktop.services.reporting_observations import context_lines, element_lines
from progressus_desktop.services.reporting_office import gathered, summary_of
from progressus_desktop.services.reporting_period import gathered as period_of
from progressus_desktop.services.reporting_period import report_of
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.store import changes, workspace
from progressus_desktop.store.workspace import Workspace

FIRST, LAST = "2026-05-01", "2026-08-31"
ROLES = ("pwd", "ngo_staff", "employer", "media")
KINDS = ("kgw", "employer", "gmina", "pup", "media", "informal")
IN_TIME = f"e.deleted = 0 AND e.entry <> 'draft' AND e.date BETWEEN '{FIRST}' AND '{LAST}'"


class Generated:
    """Any records: of three testers, in every state, drafts and deleted ones among them."""

    def __init__(self, seed: int) -> None:
        self.rnd = random.Random(seed)
        self.number = 0
        self.testers = [self._id() for _each in range(3)]
        self.partners = [self._id() for _each in range(9)]

    def _id(self) -> str:
        self.number += 1
        return str(uuid.UUID(int=(0x7000 << 64) | self.number))

    def _day(self) -> str:
        return (date(2026, 4, 1) + timedelta(days=self.rnd.randrange(190))).isoformat()

    def records(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        rnd, one_of = self.rnd, self.rnd.choice
        yield "project", self._id(), {"name": "P", "short_code": "PRG", "date_from": FIRST, "date_to": LAST}
        for tester in self.testers:
            yield "partner", tester, {"name": f"Tester {tester[-2:]}", "kind": "association", "in_project": True}
        for partner in self.partners:
            relations = [
                {"key": f"{n:08x}", "organisation": one_of(self.testers), "date": self._day(),
                 "stage": one_of(("talks", "active", "refused"))}
                for n in range(rnd.randrange(4))
            ]  # fmt: skip
            yield "partner", partner, {"name": f"Partner {partner[-2:]}", "kind": one_of(KINDS), "relations": relations}
        for _each in range(90):
            yield "event", self._id(), {
                "title": "W", "date": self._day(), "status": one_of(("held", "held", "planned", "cancelled", None)),
                "entry": one_of(("ready", "ready", "archived", "draft")), "space": one_of(self.testers),
                "partners": sorted(set(rnd.choices(self.partners, k=rnd.randrange(3)))) or None,
                "participants": {
                    role: {sex: rnd.randrange(1, 9) for sex in ("f", "m", "x") if rnd.random() < 0.6} or {"f": 1}
                    for role in ROLES if rnd.random() < 0.5
                } or None,
                "topics": [
                    {"topic": f"T{n}", "depth": "presented", "audience": sorted(rnd.sample(ROLES, rnd.randrange(3)))}
                    for n in sorted(rnd.sample((1, 2, 3, 4), rnd.randrange(4)))
                ] or None,
            }  # fmt: skip
        for _each in range(40):
            yield "interaction", self._id(), {
                "date": self._day(), "channel": "phone", "subject": "R", "entry": one_of(("ready", "draft")),
                "partners": sorted(set(rnd.choices(self.partners, k=2))), "space": one_of(self.testers),
                "topics": [
                    {"topic": f"T{rnd.randrange(1, 5)}", "audience": sorted(rnd.sample(ROLES, rnd.randrange(2)))}
                ],
            }  # fmt: skip
        yield from self._joint()

    def _joint(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Observations, clusters with their members and actions, indicators."""
        rnd, one_of = self.rnd, self.rnd.choice
        for _each in range(40):
            yield "observation", self._id(), {
                "date": self._day(), "kind": one_of(codelists.codes("observation_kind")), "text": "T",
                "element": one_of((*codelists.codes("product_element"), None)), "weight": one_of((1, 3, 5, None)),
                "size": one_of((*codelists.codes("partner_size"), None)), "reach": one_of(codelists.codes("reach")),
                "adaptation": one_of(("A", None)), "decision": one_of(("accepted", "rejected", "open", None)),
                "entry": one_of(("ready", "archived", "draft")), "space": one_of(self.testers),
            }  # fmt: skip
        for number_ in range(3):
            cluster, own = self._id(), {"space": one_of(self.testers)}
            yield "cluster", cluster, {"name": f"Klaster {number_}", "stage": "declaration", **own}
            for partner in rnd.sample(self.partners, 3):
                since = {"date_from": self._day(), "date_to": one_of(("2026-09", "2027", None))}
                yield (
                    "membership",
                    self._id(),
                    {"cluster": cluster, "partner": partner, "role": "member", **own, **since},
                )
            for _each in range(3):
                yield "action", self._id(), {
                    "title": "D", "cluster": cluster, "date_from": self._day(), "kind": "internships", **own,
                    "state": one_of(("planned", "in_progress", "finished")), "leader": one_of(self.partners),
                }  # fmt: skip
        for rule in ("events_held", "recipients", "users", "observations", "joint_actions"):
            yield "indicator", self._id(), {"code": rule, "name": rule, "unit": "u", "rule": rule, "target": 50}


@contextmanager
def generated(seed: int, folder: Path) -> Iterator[tuple[Workspace, Generated]]:
    made = Generated(seed)
    clock = FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))
    ws = workspace.create(folder / f"ws{seed}", "haslo", clock, prefix="DLA", name="Biuro")
    batch = []
    for entity, record, values in made.records():
        kept = {name: value for name, value in values.items() if value is not None}
        change = changes.save(catalog.entity(entity), record, {}, {}, {"entry": "ready", **kept})
        assert change is not None
        batch.append(change)
    ws.commit(batch, "table-import", "table-import:event:1")
    yield ws, made
    ws.close()


def rows(ws: Workspace, sql: str) -> list[tuple[Any, ...]]:
    with ws.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def number(ws: Workspace, sql: str) -> int:
    return rows(ws, sql)[0][0] or 0


def people_sql(where: str, role: str = "") -> str:
    path = f"""AND tree.path IN ('$.{role}', '$."{role}"')""" if role else ""
    return (
        f"SELECT sum(tree.value) FROM event e, json_tree(e.participants) tree WHERE tree.type = 'integer' {path}"
        f" AND e.status = 'held' AND {where}"
    )


def organisations_sql(where: str) -> str:
    return (
        "SELECT count(DISTINCT item_key) FROM ("
        f"SELECT p.item_key FROM event_partners p JOIN event e ON e.record_no = p.record_no"
        f" WHERE e.status = 'held' AND {where} UNION "
        f"SELECT p.item_key FROM interaction_partners p JOIN interaction e ON e.record_no = p.record_no WHERE {where})"
    )


def met(ws: Workspace, where: str) -> dict[tuple[str, str], int]:
    """How many records told each topic to each audience."""
    of_kind = ", ".join(f"('{kind}', '{codelists.audience(kind)}')" for kind in KINDS)
    sql = f"""
      WITH of_kind(kind, audience) AS (VALUES {of_kind}),
      told(record, topic, audience) AS (
        SELECT e.id, t.item_key, a.value FROM event e JOIN event_topics t USING (record_no), json_each(t.audience) a
          WHERE e.status = 'held' AND {where}
        UNION
        SELECT e.id, t.item_key, a.value FROM interaction e JOIN interaction_topics t USING (record_no),
          json_each(t.audience) a WHERE {where}
        UNION
        SELECT e.id, t.item_key, k.audience FROM interaction e JOIN interaction_topics t USING (record_no)
          JOIN interaction_partners p USING (record_no) JOIN partner n ON n.id = p.item_key
          JOIN of_kind k ON k.kind = n.kind
          WHERE json_array_length(coalesce(t.audience, '[]')) = 0 AND {where})
      SELECT topic, audience, count(*) FROM told GROUP BY 1, 2"""
    return {(topic, audience): count for topic, audience, count in rows(ws, sql)}


def stages(ws: Workspace, day: str, organisation: str = "") -> dict[str, int]:
    own = f"AND r.organisation = '{organisation}'" if organisation else ""
    sql = f"""
      SELECT stage, count(*) FROM (
        SELECT r.stage, row_number() OVER (PARTITION BY r.record_no ORDER BY r.date DESC, r.position DESC) AS place
        FROM partner_relations r JOIN partner n USING (record_no)
        WHERE n.deleted = 0 AND n.in_project IS NOT 1 AND r.date <= '{day}' {own}) WHERE place = 1 GROUP BY stage"""
    return dict(rows(ws, sql))


@pytest.mark.parametrize("seed", range(4))
def test_the_office_counts_what_sql_counts(seed: int, tmp_path: Path) -> None:
    with generated(seed, tmp_path) as (ws, made):
        with ws.reader() as connection:
            snapshot = Snapshot(ws, connection)
            found = summary_of(snapshot, gathered(snapshot, FIRST, LAST))
        assert [tile.value.replace("\u00a0", "") for tile in found.tiles] == [
            str(number(ws, sql))
            for sql in (
                f"SELECT count(*) FROM event e WHERE e.status = 'held' AND {IN_TIME}", people_sql(IN_TIME),
                people_sql(IN_TIME, "pwd"), people_sql(IN_TIME, "ngo_staff"), organisations_sql(IN_TIME),
            )
        ]  # fmt: skip
        for at, line in enumerate(found.months):
            month = f"{IN_TIME} AND substr(e.date, 1, 7) = '2026-0{at + 5}'"
            assert line.events == number(ws, f"SELECT count(*) FROM event e WHERE e.status = 'held' AND {month}")
            assert line.participations == number(ws, people_sql(month))
            assert line.recipients == number(ws, people_sql(month, "pwd"))
            assert line.contacts == number(ws, f"SELECT count(*) FROM interaction e WHERE {month}")
            assert line.organisations == number(ws, organisations_sql(month))
        for tester, line in zip(made.testers, found.testers, strict=True):
            own = f"{IN_TIME} AND e.space = '{tester}'"
            assert line.events == number(ws, f"SELECT count(*) FROM event e WHERE e.status = 'held' AND {own}")
            assert line.participations == number(ws, people_sql(own))
            assert sum(line.months) == line.events
            assert line.organisations == number(ws, organisations_sql(own))
        _same_coverage(ws, found, IN_TIME)
        _same_stages(ws, found, "")
        _same_indicators(ws, found)
        _same_clusters(ws, found)


def _same_indicators(ws: Workspace, found: Any) -> None:
    wanted = {
        "events_held": f"SELECT count(*) FROM event e WHERE e.status = 'held' AND {IN_TIME}",
        "recipients": people_sql(IN_TIME, "pwd"), "users": people_sql(IN_TIME, "ngo_staff"),
        "observations": f"SELECT count(*) FROM observation e WHERE {IN_TIME}",
        "joint_actions": "SELECT count(*) FROM action e WHERE e.state IN ('in_progress', 'finished') AND "
        + IN_TIME.replace("e.date", "e.date_from"),
    }  # fmt: skip
    assert {line.name: line.value for line in found.indicators} == {
        name: number(ws, sql) for name, sql in wanted.items()
    }


def _same_clusters(ws: Workspace, found: Any) -> None:
    today = "2026-11-23"
    sql = f"""
      SELECT c.name, (SELECT count(DISTINCT m.partner) FROM membership m WHERE m.cluster = c.id AND m.deleted = 0
          AND m.date_from <= '{today}' AND (m.date_to IS NULL OR substr('{today}', 1, length(m.date_to)) <= m.date_to)),
        (SELECT count(*) FROM action a WHERE a.cluster = c.id AND a.deleted = 0 AND a.state <> 'planned')
      FROM cluster c WHERE c.deleted = 0"""
    assert {(line.name, line.members, line.actions) for line in found.clusters} == set(rows(ws, sql))


@pytest.mark.parametrize("seed", range(7, 10))
def test_the_register_counts_what_sql_counts(seed: int, tmp_path: Path) -> None:
    with generated(seed, tmp_path) as (ws, _made):
        with ws.reader() as connection:
            snapshot = Snapshot(ws, connection)
            found, drafts = snapshot.ready("observation", FIRST, LAST)
        by_element = dict(
            rows(ws, f"SELECT coalesce(element, ''), count(*) FROM observation e WHERE {IN_TIME} GROUP BY 1")
        )
        elements = [*codelists.codes("product_element"), *([""] if by_element.get("") else [])]
        assert [line.total for line in element_lines(found)] == [by_element.get(code, 0) for code in elements]
        for name, code_list in (("size", "partner_size"), ("reach", "reach")):
            sql = f"""SELECT coalesce({name}_met, ''), count(*), sum(kind = 'works'),
              sum(kind IN ('problem', 'barrier')), sum(adaptation IS NOT NULL)
              FROM observation e WHERE {IN_TIME} GROUP BY 1"""
            counted = {code: tuple(rest) for code, *rest in rows(ws, sql)}
            shown = zip([*codelists.codes(code_list), ""], context_lines(found, name), strict=False)
            assert all(line.figures == counted.get(code, (0, 0, 0, 0)) for code, line in shown)
        assert drafts == number(ws, f"SELECT count(*) FROM observation e WHERE {IN_TIME.replace('<>', '=')}")


def _same_coverage(ws: Workspace, found: Any, where: str) -> None:
    counted = met(ws, where)
    for code, row in zip(codelists.codes("participant_role"), found.audiences, strict=True):
        for topic, value in row.counts.items():
            wanted = counted.get((topic, code), 0)
            assert value == wanted or (value == GAP and not wanted and code in codelists.expected_audiences(topic))


def _same_stages(ws: Workspace, found: Any, organisation: str) -> None:
    now, before = stages(ws, LAST, organisation), stages(ws, "2026-04-30", organisation)
    for code, line in zip(codelists.codes("stage"), found.stages, strict=True):
        assert (line.now, line.before) == (now.get(code, 0), before.get(code, 0))


@pytest.mark.parametrize("seed", range(4, 7))
def test_a_tester_s_report_counts_what_sql_counts_of_its_own(seed: int, tmp_path: Path) -> None:
    with generated(seed, tmp_path) as (ws, made):
        tester = made.testers[seed % 3]
        with ws.reader() as connection:
            snapshot = Snapshot(ws, connection)
            snapshot.chosen = tester
            found = report_of(period_of(snapshot, FIRST, LAST, "", {}))
        own = f"{IN_TIME} AND e.space = '{tester}'"
        assert [tile.value for tile in found.tiles] == [
            str(number(ws, sql))
            for sql in (
                f"SELECT count(*) FROM event e WHERE e.status = 'held' AND {own}", people_sql(own),
                people_sql(own, "pwd"), people_sql(own, "ngo_staff"), organisations_sql(own),
            )
        ]  # fmt: skip
        _same_coverage(ws, found, own)
        _same_stages(ws, found, tester)
        drafts = number(ws, f"SELECT count(*) FROM event e WHERE {own.replace('<>', '=')}")
        assert bool(drafts) == any("wydarze" in words for words in found.left_out)
