"""Sections of the settings that tell how the workspace stands: backups, organisation and people, the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout

from progressus_desktop import __version__
from progressus_desktop.gui.acts import backup_words
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.services import workspaces
from progressus_desktop.words import _

Command = Callable[[str], None]
"""Runs a command of the window by its name."""


def backups(context: Context, command: Command, column: QVBoxLayout) -> None:
    """When the last backup was made, and ways to make, check and restore one."""
    theme, ws = context.theme, context.ws
    when, _good = backup_words(ws)
    column.addWidget(text(_("Last backup on this laptop: {when}", when=when or _("none yet")), "label", wrap=True))
    column.addWidget(
        text(_("A backup is made once a day. Keep another on a stick, away from the laptop."), "muted", wrap=True)
    )
    place = context.settings.value.backup_folder
    if place:
        column.addWidget(text(_("Last place of your own backup: {folder}", folder=place), wrap=True))
    for words, icon, name in (
        (_("&Back up now…"), "hard-drive", "backup"),
        (_("Check the w&orkspace"), "list-checks", "check"),
        (_("Restore &from a backup…"), "archive-restore", "restore"),
    ):
        button = Button(theme, words, "", icon)
        button.clicked.connect(lambda _on=False, name=name: command(name))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def people(context: Context, command: Command, column: QVBoxLayout) -> None:
    """The workspace, its project and who works here."""
    theme, ws = context.theme, context.ws
    info = workspaces.info(ws)
    rows = (
        (_("Workspace"), info["name"]),
        (_("Project"), info["project"]["name"]),
        (_("Codes begin with"), info["code_prefix"]),
    )
    for label, words in rows:
        column.addWidget(text(label, "small"))
        column.addWidget(text(str(words or "–"), wrap=True))
    data = Button(theme, _("Project &data…"), "", "folder-open")
    data.clicked.connect(lambda: command("page:project"))
    column.addWidget(data, 0, Qt.AlignmentFlag.AlignLeft)
    who = QListWidget()
    who.setObjectName("people")
    who.setAccessibleName(_("Who works here"))
    for person in workspaces.people(ws):
        words = _("{name} · works now", name=person.name) if person.id == ws.person else person.name
        who.addItem(QListWidgetItem(words))
    who.setFixedHeight(theme.px(38) * min(max(who.count(), 1), 5) + 4)
    column.addWidget(who)
    button = Button(theme, _("Who wor&ks now…"), "", "user")
    button.clicked.connect(lambda: command("person"))
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def about(context: Context, command: Command, column: QVBoxLayout) -> None:
    """The version and what the program is made of."""
    theme = context.theme
    column.addWidget(text(_("Version {version}", version=__version__), "label"))
    column.addWidget(text(_("All data stay on this computer and are encrypted. No network is needed."), wrap=True))
    button = Button(theme, _("Licences and &versions"), "", "info")
    button.clicked.connect(lambda: command("about"))
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
