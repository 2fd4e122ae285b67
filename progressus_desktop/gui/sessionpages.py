"""The pages of an open workspace: each is made, and its module loaded, when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from progressus_desktop import assets
from progressus_desktop.domain.catalog import ENTITIES

if TYPE_CHECKING:
    from progressus_desktop.gui.session import Session


def _page(module: str, name: str, *given: object) -> Callable[[], QWidget]:
    def make() -> QWidget:
        found: Callable[..., QWidget] = getattr(import_module(f"progressus_desktop.gui.{module}"), name)
        return found(*given)

    return make


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


def _dashboard(session: Session) -> QWidget:
    from progressus_desktop.gui.pages_dashboard import DashboardPage

    page = DashboardPage(session.context, session.command)
    session.waits.connect(page.show_waiting)
    session.backed_up.connect(page.show_backup)
    page.show_waiting(session.waiting)
    return page
