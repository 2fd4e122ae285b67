"""Documents about one record: a menu of them, where one shall go, made beside work, then offered to be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.saving import ask_target, file_name, open_file
from progressus_desktop.services import reporting_kinds
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_KEY = "print-lacks"


def fill_menu(menu: QMenu, entity: str, act: Callable[[str], object]) -> None:
    """Offer every document about a record of that type; ``act`` gets the name of the one chosen."""
    menu.clear()
    for kind in reporting_kinds.about(entity):
        action = QAction(_(kind.label), menu)
        action.setObjectName(f"print_{kind.name}")
        action.triggered.connect(lambda _checked=False, name=kind.name: act(name))
        menu.addAction(action)


def print_document(context: Context, parent: QWidget, kind: str, record_id: str) -> None:
    """Ask for a file and make the document of ``kind`` about a record; what it will lack is told at once."""
    of = reporting_kinds.kind(kind)
    record = query.get(context.ws, of.about, record_id) if of else None
    if of is None or record is None:
        return
    _tell_lacks(context, of, record_id)
    name = file_name(_(of.stem, code=record.code).strip(), ".pdf")
    ask_target(parent, _(of.label), name, _("PDF files (*.pdf)"), lambda target: _make(context, of, record_id, target))


def _tell_lacks(context: Context, kind: reporting_kinds.Kind, record_id: str) -> None:
    from progressus_desktop.services.reporting_lacks import lacks

    found = lacks(context.ws, kind.name, Asked(record_id))
    if not found:
        context.notify.clear(_KEY)
        return
    count = ngettext("{n} thing to look at", "{n} things to look at", len(found))
    title = f"{_(kind.label)}: {count}"
    context.notify.banner(
        "warn", title, str(found[0]), _("Show"), lambda: context.navigate("reports", record_id, kind.name), _KEY
    )


def _make(context: Context, kind: reporting_kinds.Kind, record_id: str, target: Path) -> None:
    def work(_progress: Progress) -> Path:
        from progressus_desktop.services import reporting

        return reporting.export(context.ws, kind.name, target, record_id=record_id)

    context.jobs.start(context.bus, _(kind.label), work, lambda made: say_saved(context, made), context.notify.error)


def write_beside(context: Context, kind: str, asked: Asked, target: Path) -> None:
    """Write a report beside the work; a banner tells when it is there."""

    def work(_progress: Progress) -> Path:
        from progressus_desktop.services import reporting

        return reporting.write(context.ws, kind, target, asked)

    context.jobs.start(context.bus, target.name, work, lambda made: say_saved(context, made), context.notify.error)


def say_saved(context: Context, target: Path) -> None:
    """Say that a file was written, and offer to open it."""
    title = _("Saved {name}", name=target.name)
    context.notify.banner("ok", title, str(target.parent), _("Open"), lambda: open_file(target), "list-saved")
