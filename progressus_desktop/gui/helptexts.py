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
    "monthly_report": (
        N_("The report of a month: your own words, and figures counted from what you recorded."),
        N_("Enter on a section opens the form there; Enter on a record behind a figure opens that record."),
        N_("Marking it as ready freezes a version. It goes with the next package and never changes."),
    ),
    "review": (
        N_("Reports of the testers. Enter opens one: read it section by section and write your remarks."),
        N_("Ctrl+PageUp and Ctrl+PageDown change the section. Remarks are kept when you leave them."),
        N_("Accept the report, or return it; the tester sees the remarks after the next exchange."),
    ),
    "overview": (
        N_("All testers by months: events held, and how the report of each month stands."),
        N_("Arrows move from cell to cell, Enter opens the report. Each indicator leads to its records."),
    ),
    "testers": (
        N_("Who sent what, which reports are missing, how to reach a tester, which laptops there are."),
        N_("Enter opens the organisation."),
    ),
    "reports": (
        N_("Printed reports as PDF: the month, an event, an attendance sheet."),
        N_("Choose the report and what it is about, then save the file."),
    ),
    "exchange": (
        N_("Your data travel in packages on a stick or in an e-mail; nobody else can open them."),
        N_("Choose the place once. One button makes a backup, reads what is new and writes your package."),
        N_("Drafts and photos without permission stay here. What was read can be taken back."),
        N_("A package that gets lost does no harm: the next one holds everything not yet confirmed."),
    ),
    "packages": (
        N_("Packages of the testers: read all that lie in a folder at once, each has its own result."),
        N_("The setup file and its code let a new laptop in. Say the code by telephone, never with the file."),
        N_("The six words tell whether a laptop is the one you think. Compare them by telephone once."),
    ),
    "versions": (
        N_("The same field was changed here and elsewhere. Choose a side, or write the result yourself."),
        N_("Up and Down change the field, Left and Right the side, Enter edits the result."),
        N_("Ctrl+G saves and goes on. What is not chosen stays listed; the other version stays in the history."),
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
