"""Short help for each page, shown by F1."""

from __future__ import annotations

from progressus_desktop.words import N_, _

_COMMON = (
    N_("F6 goes to the next area, Ctrl+K searches everywhere, Ctrl+Z undoes."),
    N_("Everything you type is saved when you leave the field."),
)
_PAGES = {
    "event": (
        N_("Meetings, workshops and other events of the project."),
        N_("Ctrl+N makes a new event. Enter opens the current one, Space shows its preview."),
        N_("An event may stay a draft. Mark it as ready with Ctrl+G when it is complete."),
    ),
    "partner": (
        N_("Organisations, offices and companies you work with."),
        N_("Ctrl+N makes a new partner. Enter opens the current one, Ctrl+D adds a contact."),
    ),
    "reports": (
        N_("Printed reports as PDF: the month, an event, an attendance sheet."),
        N_("Choose the report and what it is about, then save the file."),
    ),
    "settings": (
        N_("Appearance, language, safety and backups of this laptop."),
        N_("Changes work at once. Each section can be put back to its defaults."),
    ),
    "bin": (N_("What was removed in the last 30 days. Restore puts a record back."),),
}


def help_of(page: str) -> list[str]:
    """The lines of help for a page."""
    return [_(line) for line in (*_PAGES.get(page, ()), *_COMMON)]
