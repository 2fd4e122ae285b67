"""The list of partners shows the members of a cluster as it is today, and reads only them for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.services import merging, records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.tables import shape
from progressus_desktop.store.views import clause
from progressus_desktop.store.workspace import Workspace
from tests.gui.conftest import open_list


def names(page: ListPage) -> list[str]:
    return [page.model.cells(row).text(0) for row in range(page.model.rowCount())]  # type: ignore[union-attr]  # rows


def joined(ws: Workspace, cluster: str, partner: str, **more: object) -> str:
    values = {"cluster": cluster, "partner": partner, "role": "member", "date_from": "2026-03-10", **more}
    return records.add_many(ws, "membership", [values], draft=True)[0]


def a_cluster(ws: Workspace) -> tuple[str, dict[str, str]]:
    """A cluster with members of today, of once, and of later; the partners' ids by name."""
    partners = {str(row.values["name"]): row.id for row in query.window(ws, "partner", View(order="name"), 0)}
    cluster, other = records.add_many(ws, "cluster", [{"name": "Nad Strugą"}, {"name": "Za lasem"}], draft=True)
    joined(ws, cluster, partners["PUP Wzorów"], date_to="2026-11")
    joined(ws, cluster, partners["KGW „Malwa”"])
    joined(ws, cluster, partners["Łąka i Las"], date_to="2026-10-31")
    joined(ws, cluster, partners["OSP Lipniki Wzorcowe"], date_from="2026-12-01")
    joined(ws, other, partners["Fundacja „Most nad Strugą”"])
    return cluster, partners


def test_a_cluster_chosen_by_keys_shows_its_members_of_today(qtbot: QtBot, own: Context) -> None:
    page = open_list(qtbot, own, "partner")
    everything = names(page)
    cluster, partners = a_cluster(own.ws)
    page.hide()
    page.show()
    combo = page.filters.combos["cluster"]
    assert [combo.itemText(n) for n in range(combo.count())] == ["all", "Nad Strugą", "Za lasem"]
    assert combo.face() == "Cluster: all"
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert names(page) == ["KGW „Malwa”", "PUP Wzorów"]
    joined(own.ws, cluster, partners["Źrebię"])
    qtbot.waitUntil(lambda: names(page) == ["KGW „Malwa”", "PUP Wzorów", "Źrebię"])
    merging.merge(own.ws, "partner", partners["Pieczarkarnia „Jutrzenka”"], partners["Źrebię"], {})
    qtbot.waitUntil(lambda: "Pieczarkarnia „Jutrzenka”" in names(page))
    records.remove_many(own.ws, "cluster", [cluster])
    page.hide()
    page.show()
    assert combo.face() == "Cluster: all"
    assert len(names(page)) == len(everything) - 1


def test_members_are_found_without_reading_the_list(own: Context) -> None:
    cluster, _partners = a_cluster(own.ws)
    view = View(order="name", where=(("cluster", cluster), ("kind", "kgw")), on="2026-11-23")
    with own.ws.reader() as connection:
        where, values = clause(connection, shape("partner"), view).where()
        sql = f"EXPLAIN QUERY PLAN SELECT e.record_no FROM partner e WHERE {where} ORDER BY e.name_sort, e.record_no"
        plan = [row[3] for row in connection.exec_driver_sql(sql, tuple(values))]
    assert not [each for each in plan if each.startswith("SCAN") and " VIRTUAL TABLE " not in each], plan
    assert query.total(own.ws, "partner", view) == 1
    assert query.total(own.ws, "partner", View(where=(("cluster", cluster),))) == 4, "at any time"
