"""The benchmarks in small: plans and counts, never times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generate import generate
from progressus_desktop.store import cipher, query
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

RECORDS = 2_000


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
        ws = generate(tmp_path_factory.mktemp("made") / "ws", RECORDS)
        yield ws
        ws.close()


def plan(ws: Workspace, sql: str, values: tuple[object, ...] = ()) -> str:
    with ws.reading() as connection:
        return " | ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))


def statements(ws: Workspace, view: View, offset: int = 0, sought: str = "") -> list[tuple[str, tuple[object, ...]]]:
    """What a window of a list, or the place of a record in it, asks the database, as SQLite sees it."""
    from sqlalchemy import event

    seen: list[tuple[str, tuple[object, ...]]] = []

    def noted(_conn: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_more: object) -> None:
        seen.append((statement, parameters))

    with ws.reading() as connection:
        event.listen(connection, "before_cursor_execute", noted)
        try:
            if sought:
                query.position(ws, "event", view, sought)
            else:
                query.window(ws, "event", view, offset)
        finally:
            event.remove(connection, "before_cursor_execute", noted)
    return seen


def test_the_counters_are_exact(generated: Workspace) -> None:
    counts = {name: query.total(generated, name, View()) for name in ("partner", "interaction", "event")}
    assert counts == {"partner": RECORDS // 10, "interaction": RECORDS // 5, "event": RECORDS * 7 // 10}
    for name, number in counts.items():
        with generated.reading() as connection:
            sql = f'SELECT count(*) FROM "{name}" WHERE deleted = 0 AND listed = 1'
            assert connection.exec_driver_sql(sql).scalar() == number


@pytest.mark.parametrize("order", ["-date", "date", "title", "-title", "place", "-persons"])
@pytest.mark.parametrize("offset", [0, 700, 1_300])
def test_a_window_of_a_list_reads_a_covering_index_and_sorts_nothing(
    generated: Workspace, order: str, offset: int
) -> None:
    for sql, values in statements(generated, View(order=order), offset):
        found = plan(generated, sql, values)
        assert "TEMP B-TREE" not in found, f"{found}\n{sql}"
        if "ORDER BY" in sql:
            assert "COVERING INDEX" in found, f"{found}\n{sql}"


@pytest.mark.parametrize(
    "view", [View(text="warsztat"), View(where=(("kind", "workshop"),)), View(text="źródła świet")]
)
def test_a_filter_is_answered_by_the_search_index(generated: Workspace, view: View) -> None:
    plans = [plan(generated, sql, values) for sql, values in statements(generated, view)]
    assert any("VIRTUAL TABLE INDEX" in each for each in plans), plans
    rows = query.window(generated, "event", view, 0)
    assert len(rows) == min(query.total(generated, "event", view), 128)


def test_whether_a_filter_shows_a_record_is_asked_by_its_row_in_the_index(generated: Workspace) -> None:
    rows = query.window(generated, "event", View(), 0)
    view = View(text="warsztat")
    shown = {row.id for row in query.window(generated, "event", view, 0, 2_000)}
    for row in rows:
        place = query.position(generated, "event", view, row.id)
        assert (place is not None) == (row.id in shown)
    away = next(row.id for row in rows if row.id not in shown)
    plans = [plan(generated, sql, values) for sql, values in statements(generated, view, sought=away)]
    assert "VIRTUAL TABLE INDEX" in plans[-1]
    assert not any("LIST SUBQUERY" in each for each in plans), plans


def test_the_benchmarks_run_and_give_every_figure(generated: Workspace, tmp_path: Path) -> None:
    from benchmarks import bench_commits, bench_start

    folder = tmp_path / "own"
    generate(folder, 200).close()
    commits, starts = bench_commits.measure(folder), bench_start.measure(folder)
    assert set(commits) == {"open", "save", "new", "keep", "bare"}
    assert set(starts) == {"bare", "version", "empty", "unlock"}
    assert all(value > 0 for value in (*commits.values(), *starts.values()))
    assert generated.read_only is False


@pytest.mark.unchecked
def test_reading_packages_is_measured_beside_its_rows() -> None:
    from benchmarks import bench_exchange

    found = bench_exchange.measure(300, 1)
    assert {"new_ratio", "edit_ratio", "replay"} <= set(found)
    assert all(value > 0 for value in found.values())
    records, size = bench_exchange.size_of(5_000)
    assert records > 200
    assert size < 75_000, "a hundred thousand field changes fit into 1.5 MB"
    assert bench_exchange.million(2_000)["told"] >= 1


def test_the_benchmark_of_the_office_makes_its_report(tmp_path: Path) -> None:
    from benchmarks import bench_office

    ws = bench_office.generate(tmp_path / "office", 60, 20)
    try:
        seconds, size = bench_office.measure(ws)
    finally:
        ws.close()
    assert seconds > 0
    assert size > 10_000


@pytest.mark.parametrize("name", ["lead_organiser", "host"])
def test_the_newest_held_event_of_an_organisation_is_one_step_in_an_index(generated: Workspace, name: str) -> None:
    seen: list[str] = []
    with generated.reading() as connection:
        driver = cipher.raw(connection)
        driver.set_trace_callback(seen.append)
        newest = TableLookup(connection, generated.space).newest("event", name, generated.space, ("status", "held"))
        driver.set_trace_callback(None)
        sql = f"SELECT max(date) FROM event WHERE \"{name}\" = ? AND status = 'held'"
        assert newest == connection.exec_driver_sql(sql, (generated.space,)).scalar()
    (asked,) = (each for each in seen if "ORDER BY e.date DESC LIMIT 1" in each)
    assert f"event_is_{name} (" in (found := plan(generated, asked)), found
    assert "deleted=? AND status=?" in found, found
    assert "TEMP B-TREE" not in found, found
