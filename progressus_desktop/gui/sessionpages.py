"""The pages of an open workspace: each is made, and its module loaded, when it is first shown."""

from __future__ import annotations

import gc
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from progressus_desktop import assets
from progressus_desktop.domain.catalog import ENTITIES

if TYPE_CHECKING:
    from progressus_desktop.gui.jobs import Progress
    from progressus_desktop.gui.session import Session


def _page(module: str, name: str, *given: object) -> Callable[[], QWidget]:
    def make() -> QWidget:
        found: Callable[..., QWidget] = getattr(import_module(f"progressus_desktop.gui.{module}"), name)
        return found(*given)

    return make


_FIRST = ("session", "pages_dashboard", "pages_events", "talklog", "pages_coverage", "reportspage", "pages_settings")
"""Modules that opening and the pages opened first need, in this order; they bring every list and form."""


def load_ahead(progress: Progress) -> None:
    """Load these modules and the names of months before anybody waits for them."""
    from progressus_desktop.gui.forms import PROMOTED
    from progressus_desktop.gui.periods import month_name

    for name in dict.fromkeys((*_FIRST, *PROMOTED.values())):
        if progress.cancelled:
            return
        import_module(f"progressus_desktop.gui.{name}")

    month_name(1, 1)
    # what was loaded stays; to look for cycles in all of it would stop the window for 50 ms, again and again
    gc.freeze()


def add(session: Session) -> None:
    """Tell the shell of every page."""
    shell, context = session.shell, session.context
    for entity in ENTITIES:
        if assets.form(entity).is_file():
            shell.add_page(entity, _page("recordpage", "RecordPage", context, entity))
    shell.add_page("dashboard", lambda: _dashboard(session))
    shell.add_page("coverage", _page("pages_coverage", "CoveragePage", context))
    shell.add_page("event", _page("pages_events", "EventsPage", context))
    shell.add_page("cluster", _page("pages_clusters", "ClustersPage", context))
    shell.add_page("monthly_report", _page("monthlypage", "MonthlyPage", context))
    shell.add_page("project", _page("projectpage", "ProjectPage", context))
    shell.add_page("review", _page("reviewpage", "ReviewPage", context))
    shell.add_page("overview", _page("overviewpage", "OverviewPage", context))
    shell.add_page("testers", _page("testerspage", "TestersPage", context))
    if session.office:
        shell.add_page("packages", _page("packagespage", "PackagesPage", context, session.command))
    shell.add_page("exchange", _page("exchangepage", "ExchangePage", context, session.command))
    shell.add_page("versions", _page("versionspage", "VersionsPage", context, lambda: session.command("exchange")))
    shell.add_page("reports", _page("reportspage", "ReportsPage", context))
    shell.add_page("settings", _page("pages_settings", "SettingsPage", context, session.command))
    shell.add_page("bin", _page("binpage", "BinPage", context))
    shell.add_page("retention", _page("retentionpage", "RetentionPage", context))


def _dashboard(session: Session) -> QWidget:
    from progressus_desktop.gui.pages_dashboard import DashboardPage

    page = DashboardPage(session.context, session.command)
    session.waits.connect(page.show_waiting)
    session.backed_up.connect(page.show_backup)
    page.show_waiting(session.waiting)
    return page
