"""Documents about one record: where they shall go, made beside work, then offered to be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.saving import ask_target, file_name, open_file
from progressus_desktop.store import query
from progressus_desktop.words import N_, _

_NAMES = {
    "attendance-sheet": (N_("Attendance sheet"), N_("attendance sheet {code}")),
    "event-card": (N_("Event card"), N_("event card {code}")),
}


def print_document(context: Context, parent: QWidget, kind: str, record_id: str) -> None:
    """Ask for a file and make the document of ``kind`` about an event."""
    record = query.get(context.ws, "event", record_id)
    if record is None:
        return
    title, stem = _NAMES[kind]
    name = file_name(_(stem, code=record.code), ".pdf")
    ask_target(parent, _(title), name, _("PDF files (*.pdf)"), lambda target: _make(context, kind, record_id, target))


def _make(context: Context, kind: str, record_id: str, target: Path) -> None:
    def work(_progress: Progress) -> Path:
        from progressus_desktop.services import reporting

        return reporting.export(context.ws, kind, target, record_id=record_id)

    context.jobs.start(
        context.bus, _(_NAMES[kind][0]), work, lambda made: say_saved(context, made), context.notify.error
    )


def say_saved(context: Context, target: Path) -> None:
    """Say that a file was written, and offer to open it."""
    title = _("Saved {name}", name=target.name)
    context.notify.banner("ok", title, str(target.parent), _("Open"), lambda: open_file(target), "list-saved")
