"""Every key of the program in words, by place. Keys of the menus come from their one table, ``commands.MENUS``."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from progressus_desktop.gui.commands import MENUS, Command
from progressus_desktop.words import N_, _

Area = tuple[str, list[tuple[str, str]]]
"""A place with its keys: pairs of the key and what it does, in the language in force."""

_EVERYWHERE = (
    (N_("Alt+letter, F10"), N_("Menus; Alt with the underlined letter presses a button")),
    (N_("Ctrl+1 to Ctrl+9"), N_("Page of the sidebar")),
    ("Tab, Shift+Tab", N_("Next control, control before")),
    ("Esc", N_("Close or go back; in a field first restore it")),
    ("Shift+F10", N_("What can be done here")),
)
_INSIDE = (
    (
        N_("Lists"),
        (
            (N_("arrows, PgUp, PgDn, Home, End"), N_("Go through the rows")),
            (N_("letters"), N_("Jump to a name")),
            (N_("Shift+arrows"), N_("Choose several rows")),
        ),
    ),
    (
        N_("Forms"),
        (
            ("Enter", N_("Next field; in a long text a new line")),
            ("Ctrl+'", N_("The value of the record before")),
            (N_("F4 or Alt+Down"), N_("Open the list or the calendar")),
            ("Ctrl+;", N_("Today")),
            (N_("+7, 27.11, today"), N_("Ways to write a date")),
            ("16, 1600, 16.30", N_("Ways to write a time")),
        ),
    ),
    (
        N_("Table of numbers"),
        (
            (N_("arrows"), N_("Other cell")),
            (N_("digits"), N_("Overwrite the number")),
            ("Enter", N_("Down")),
            ("Tab", N_("To the right; from the last cell out of the table")),
            ("F2", N_("Edit the number")),
            ("Delete", N_("No number")),
            ("Ctrl+V", N_("Paste a block from a spreadsheet")),
            ("Ctrl+Tab", N_("Leave the table")),
        ),
    ),
    (
        N_("Table of answers"),
        (
            (N_("arrows"), N_("Other item")),
            (N_("T, N, D"), N_("Yes, no, does not apply")),
            ("Delete", N_("Take the answer away")),
        ),
    ),
    (
        N_("Named list"),
        (
            (N_("arrows"), N_("Other cell")),
            (N_("Space"), N_("Present or not")),
            (N_("F2 or Enter"), N_("Change the cell")),
            ("Delete", N_("Take the person off the list")),
            ("Ctrl+V", N_("Paste rows from a spreadsheet; they are shown before they are added")),
        ),
    ),
    (
        N_("Calendar of events"),
        (
            (N_("arrows"), N_("Other day")),
            (N_("PgUp, PgDn"), N_("Other month")),
            (N_("Home, End"), N_("First and last day of the month")),
            ("Enter", N_("The event of the day")),
            ("Esc", N_("Back to the month")),
        ),
    ),
    (
        N_("Topics and audiences"),
        (
            (N_("arrows"), N_("Other cell")),
            ("Enter", N_("The records behind a number, or the audiences of a month or gmina")),
            ("Esc", N_("Back")),
        ),
    ),
    (
        N_("Rows in a form: agenda, arrangements, contacts"),
        (
            ("Enter", N_("Add the written row, open the current one")),
            ("F2", N_("Change the current row")),
            ("Delete", N_("Take the row away; Ctrl+Z gives it back")),
        ),
    ),
    (
        N_("Photos"),
        (
            (N_("arrows"), N_("Other photo")),
            ("Enter", N_("Show it large; in an event open its record")),
            ("F2", N_("Change the caption")),
            ("Ctrl+D", N_("Add a consent")),
            ("Ctrl+V", N_("Paste photos")),
            ("Delete", N_("Move to the bin")),
        ),
    ),
    (
        N_("Masks on a photo"),
        (
            ("Insert", N_("Add a mask for the next person")),
            (N_("arrows"), N_("Move the mask; with Ctrl in small steps")),
            (N_("Shift+arrows"), N_("Make it larger or smaller")),
            (N_("PgUp, PgDn"), N_("Other mask")),
            ("Delete", N_("Take the mask away")),
            ("Ctrl+G", N_("Keep the masks")),
            ("Esc", N_("Leave it as it was")),
        ),
    ),
    (
        N_("Two versions"),
        (
            (N_("Up, Down"), N_("Other field")),
            (N_("Left, Right"), N_("Other side")),
            ("Enter", N_("Correct the result")),
            ("Ctrl+G", N_("Save the choice and go on")),
            ("Esc", N_("Decide later")),
        ),
    ),
    (
        N_("Load from Excel"),
        (
            (N_("Space"), N_("Take the row or leave it")),
            ("Enter", N_("Show its cells")),
            ("Ctrl+Enter", N_("Load what is chosen")),
        ),
    ),
)


def areas() -> list[Area]:
    """All keys: everywhere, menu by menu, then inside lists, forms and tables."""
    found: list[Area] = [(_("Everywhere"), [(_(keys), _(what)) for keys, what in _EVERYWHERE])]
    for title, commands in MENUS:
        rows = [(_keys_of(each), _(each.words)) for each in commands if each.keys or each.shown]
        if rows:
            found.append((_("Menu {name}", name=_(title).replace("&", "")), rows))
    found += [(_(title), [(_(keys), _(what)) for keys, what in rows]) for title, rows in _INSIDE]
    return found


def _keys_of(command: Command) -> str:
    if command.shown:
        return _(command.shown)
    shown = (QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in command.keys)
    return ", ".join(shown)


def markdown() -> str:
    """All keys as tables for the chapter on the keyboard."""
    parts = []
    for title, rows in areas():
        parts += [f"## {title}", "", f"| {_('Key')} | {_('What it does')} |", "|---|---|"]
        parts += [f"| **{keys}** | {what} |" for keys, what in rows]
        parts.append("")
    return "\n".join(parts)
