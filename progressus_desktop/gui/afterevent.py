"""After an event: one sheet that offers the attendance sheet, the event card and the note, all into one folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Record
from progressus_desktop.gui import mnemonics
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import body_of, fit
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, StateLine, text
from progressus_desktop.gui.saving import ask_folder, file_name, open_file
from progressus_desktop.services import reporting_kinds
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import query
from progressus_desktop.words import N_, _, ngettext

OFFERED = {"attendance-sheet": ".pdf", "event-card": ".pdf", "publication": ".txt"}
"""What is offered, with the form it is saved in: the note is a text to paste into a website."""

_WIDE = 460

_ABOUT = {
    "attendance-sheet": N_("PDF, to be signed or kept"),
    "event-card": N_("PDF for the office"),
    "publication": N_("Text to paste, without names and small numbers"),
}


class AfterEvent(QDialog):
    """Ticks for each document with what it lacks; Esc leaves everything as it is."""

    def __init__(self, context: Context, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._record = context, record
        self.setObjectName("after_event")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("After the event"))
        theme = context.theme
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        side = theme.space(20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.space(8))
        column.addWidget(text(_("After the event"), "h2"))
        column.addWidget(text(str(record.fields.get("title") or record.code), wrap=True))
        labels = [_(kind.label) for kind in map(_known, OFFERED)]
        marked = mnemonics.assign([*labels, _("Save in a folder…"), _("Close")])
        area, inside = body_of("after_event_body", column)
        for name, words in zip(OFFERED, marked, strict=False):
            inside.addWidget(self._box(name, words))
            inside.addWidget(self._state(name))
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button = Button(theme, marked[-1])
        self.close_button.clicked.connect(self.reject)
        self.save = Button(theme, marked[-2], "primary", "folder-open")
        self.save.clicked.connect(lambda: ask_folder(self, _("After the event"), self.write))
        row.addWidget(self.close_button)
        row.addWidget(self.save)
        column.addLayout(row)
        fit(self, theme, _WIDE, area, inside)

    def _box(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setChecked(True)
        box.setAccessibleDescription(_(_ABOUT[name]))
        box.toggled.connect(self._ticked)
        self.boxes[name] = box
        return box

    def _state(self, name: str) -> QWidget:
        """What a document is for; or how much of it is missing and what comes first."""
        from progressus_desktop.services.reporting_lacks import lacks

        found = lacks(self._context.ws, name, Asked(self._record.id))
        if not found:
            return text(_(_ABOUT[name]), "muted", wrap=True)
        count = ngettext("{n} thing to look at", "{n} things to look at", len(found))
        self.boxes[name].setAccessibleDescription(f"{count}: {found[0]}")
        return StateLine(self._context.theme, "warn", f"{count}: {found[0]}")

    def _ticked(self) -> None:
        self.save.setEnabled(any(box.isChecked() for box in self.boxes.values()))

    def write(self, folder: Path) -> None:
        """Make what is ticked beside work; nothing in the folder is written over."""
        chosen = [name for name, box in self.boxes.items() if box.isChecked()]
        context, record = self._context, self._record

        def work(progress: Progress) -> list[Path]:
            from progressus_desktop.services import reporting

            made = []
            for number, name in enumerate(chosen):
                kind = _known(name)
                progress(number, len(chosen), _(kind.label))
                target = _free(folder, _(kind.stem, code=record.code).strip(), OFFERED[name])
                made.append(reporting.export(context.ws, name, target, record_id=record.id))
            return made

        def done(made: list[Path]) -> None:
            title = ngettext("{n} document saved", "{n} documents saved", len(made))
            words = ", ".join(each.name for each in made)
            context.notify.banner("ok", title, words, _("Show the folder"), lambda: open_file(folder), "list-saved")

        context.jobs.start(context.bus, _("After the event"), work, done, context.notify.error)
        self.accept()


def _known(name: str) -> reporting_kinds.Kind:
    return next(each for each in reporting_kinds.KINDS if each.name == name)


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """A name in the folder that nothing has yet."""
    target, number = folder / file_name(stem, suffix), 2
    while target.exists():
        target, number = folder / file_name(f"{stem} ({number})", suffix), number + 1
    return target


def offer(context: Context, record_id: str, parent: QWidget) -> None:
    """Open the sheet of an event."""
    record = query.get(context.ws, "event", record_id)
    if record is not None:
        AfterEvent(context, record, parent).open()
