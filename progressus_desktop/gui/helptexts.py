"""Short help for each page, shown by F1."""

from __future__ import annotations

from progressus_desktop.words import N_, _

_COMMON = (
    N_("F6 goes to the next area, Ctrl+K searches everywhere, Ctrl+Z undoes."),
    N_("Everything you type is saved when you leave the field."),
)
_PAGES = {
    "dashboard": (
        N_("What waits today, the report of the month, the next events, and who has not heard of a topic."),
        N_("Each line has a link that leads to the place where it can be put right."),
    ),
    "coverage": (
        N_("How often each topic was told to each audience. Expected audiences that are missing have a mark."),
        N_("Arrows choose a cell. Enter goes to the events and contacts behind its number."),
        N_("Rows can be months or gminas too: then Enter shows the audiences of that month or gmina."),
    ),
    "event": (
        N_("Meetings, workshops and other events of the project."),
        N_("Ctrl+N makes a new event. Enter opens the current one, Space shows its preview."),
        N_("An event may stay a draft. Mark it as ready with Ctrl+G when it is complete."),
        N_("Where the project allows it, the section Participants leads to a named list; the numbers follow from it."),
        N_("In the tab Calendar arrows choose a day, PgUp and PgDn a month, Enter opens the event."),
    ),
    "partner": (
        N_("Organisations, offices and companies you work with."),
        N_("Ctrl+N makes a new partner. Enter opens the current one, Ctrl+D adds a contact."),
    ),
    "cluster": (
        N_("Organisations that work together: what each gives and seeks, what is missing, joint actions."),
        N_("Choose the cluster above. Enter on an organisation opens its offers and needs."),
    ),
    "task": (
        N_("Everything with a date: arrangements of events, next steps of contacts, tasks from the office."),
        N_("Ctrl+Space marks a task as done, or opens it again. Enter opens it."),
    ),
    "observation": (
        N_("What people said of the product: what works, what is in the way, what could be better."),
        N_("Write without names: an observation says how large and where, never who."),
    ),
    "indicator": (
        N_("Numbers of the project, counted from the records. Nothing is counted twice."),
        N_("Open one to see the records behind its number."),
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
