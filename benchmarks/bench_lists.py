"""Times of the lists: open, type in the filter, jump to the end, sort, refresh; with the goals of performance.md.

Wall time from the key press to the end of the repaint, in the process that the person uses, offscreen.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.generate import PASSWORD, START, generate
from progressus_desktop.clock import FixedClock
from progressus_desktop.gui import sessionpages
from progressus_desktop.gui.bus import ChangeBus
from progressus_desktop.gui.context import Context, SettingsHub
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import workspaces

WORDS = ("warsztat", "świetlica", "spotkanie klastra", "źródła", "o pracy", "narada seniorow")


class _Silent:
    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_args, **_params: None


def _context(ws: Any, theme: Theme) -> Context:
    notify: Any = _Silent()
    return Context(ws, ChangeBus(ws), Jobs(theme), theme, SettingsHub(), lambda *_where: None, notify)


def _timed(act: Callable[[], object], page: ListPage) -> float:
    started = time.perf_counter()
    act()
    page.table.viewport().repaint()
    return (time.perf_counter() - started) * 1000


def _slow(times: list[float]) -> float:
    """What 95 of 100 stay within."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def _spread(times: list[float]) -> str:
    return f"p50 {statistics.median(times):6.1f} ms   p95 {_slow(times):6.1f} ms   ({len(times)})"


def _settle(page: ListPage, milliseconds: int = 400) -> None:
    QTest.qWait(milliseconds)
    page.table.viewport().repaint()


def _typing(page: ListPage) -> list[float]:
    times = []
    for word in WORDS:
        for letter in word:
            times.append(_timed(lambda key=letter: page.filters.text.insert(key), page))
            QTest.qWait(1)
        while page.filters.text.text():
            times.append(_timed(page.filters.text.backspace, page))
            QTest.qWait(1)
    return times


def _opened(context: Context) -> tuple[ListPage, float]:
    """The list of events and how long it took until it was painted: before the system shows a window nothing is."""
    started = time.perf_counter()
    page = ListPage(context, "event")
    page.resize(1170, 626)
    page.relayout(1366)
    page.show()
    while not page.windowHandle().isExposed():
        QApplication.processEvents()
    return page, (time.perf_counter() - started) * 1000


def _open_again(context: Context) -> None:
    second, again = _opened(context)
    print(f"open again                        {again:6.1f} ms")
    second.close()
    second.deleteLater()


def _moves(page: ListPage) -> dict[str, float]:
    """Print the times of the end, sorting, a letter, a repaint and a refresh; gives those that have goals."""
    end = _timed(lambda: QTest.keyClick(page.table, Qt.Key.Key_End), page)
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    end_again = _timed(lambda: QTest.keyClick(page.table, Qt.Key.Key_End), page)
    print(f"jump to the end                   {end:6.1f} ms, again {end_again:.1f} ms")
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    sort = _timed(lambda: page.sort_by("title"), page)
    sort_again = _timed(lambda: page.sort_by("-title"), page)
    print(f"sort by the name                  {sort:6.1f} ms, the other way {sort_again:.1f} ms")
    letters = _timed(lambda: page.table.keyboardSearch("w"), page)
    print(f"letter jump                       {letters:6.1f} ms")
    repaint = statistics.median(_timed(lambda: None, page) for _each in range(30))
    print(f"repaint                           {repaint:6.1f} ms")
    refresh = statistics.median(_timed(page.model.refresh, page) for _each in range(10))
    print(f"refresh after a commit            {refresh:6.1f} ms")
    return {"end": end_again, "sort": sort_again, "repaint": repaint}


def measure(folder: Path) -> dict[str, float]:
    """Print the times of the event list of the workspace in ``folder``; gives medians in ms."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme = Theme(app)
    theme.apply("light", 100)
    ws = workspaces.open_(folder, FixedClock(START), password=PASSWORD)
    context = _context(ws, theme)
    sessionpages.load_ahead(Progress(lambda *_told: None))  # as while a password is typed
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page, first = _opened(context)
    rows = page.model.rowCount()
    print(f"{rows} events")
    print(f"open the list, painted            {first:6.1f} ms")
    _open_again(context)
    _settle(page)
    typing = _typing(page)
    print(f"a key in the filter               {_spread(typing)}")
    warm = _typing(page)
    print(f"a key in the filter, again        {_spread(warm)}")
    _settle(page)
    moves = _moves(page)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"memory added                      {grown:6.1f} MB")
    page.close()
    context.jobs.close()
    context.bus.close()
    ws.close()
    return {"open": first, "key": statistics.median(warm), "slow key": _slow(warm), **moves}


def main() -> None:
    """Measure a workspace, or make one first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000, help="make the workspace with so many records")
    given = parser.parse_args()
    if not (given.folder / "workspace.json").exists():
        generate(given.folder, given.records).close()
    measure(given.folder)


if __name__ == "__main__":
    main()
