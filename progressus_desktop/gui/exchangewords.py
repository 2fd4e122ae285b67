"""Words of the exchange: what a package is, what it did, what stays here and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStorageInfo

from progressus_desktop.clock import local
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.gui.facttable import State
from progressus_desktop.services import applying
from progressus_desktop.services.applying import Result
from progressus_desktop.services.exchanging import Coming, Found, Going
from progressus_desktop.words import _, ngettext

_GAP = ", "


def day(at_ms: int) -> str:
    """A day as 27.11.2026."""
    return f"{local(at_ms):%d.%m.%Y}"


def kind_of(entity: str, count: int = 2) -> str:
    """The name of a record type."""
    if entity not in ENTITIES:
        return entity
    return _(ENTITIES[entity].label if count == 1 else ENTITIES[entity].plural)


def place_name(folder: Path) -> str:
    """A stick by its name, else the folder."""
    store = QStorageInfo(str(folder))
    return _("Stick “{name}”", name=store.name() or store.rootPath()) if on_stick(folder) else str(folder)


def on_stick(folder: Path) -> bool:
    """Whether a folder lies on a medium of its own, not on the system's or the person's disk."""
    root = QStorageInfo(str(folder)).rootPath()
    return root not in {QStorageInfo.root().rootPath(), QStorageInfo(str(Path.home())).rootPath(), "/tmp", "/"}  # noqa: S108 - a name to compare with


def package_name(result: Result) -> str:
    """Its number and day ("no. 15 of 20.11.2026"), or the file's name if it could not be opened."""
    if not result.created:
        return result.file.name
    return _("no. {number} of {day}", number=result.number, day=day(result.created))


def sender_of(result: Result) -> str:
    """Who made it, a dash if that is not known."""
    return result.sender or "–"


def found_state(found: Found) -> State:
    """What a package in the place is."""
    result = found.result
    if found.elsewhere:
        return State("none", _("For another laptop"))
    if result.failure is not None:
        return State("err", str(result.failure.message))
    if result.asks:
        return _question(result)
    if result.state == applying.OWN:
        return State("none", _("Written here"))
    if result.state == applying.KNOWN:
        return State("none", _("Read on {day}", day=day(found.read_ms)) if found.read_ms else _("Nothing new"))
    return State("ok", _("New, signature is good"))


def _question(result: Result) -> State:
    words = _("Would remove {n} of {all} records: waits for you", n=result.asks, all=result.of)
    return State("warn", words)


def done_state(result: Result) -> State:
    """What a package did."""
    if result.asks and result.failure is not None:
        return _question(result)
    if result.failure is not None:
        return State("err", str(result.failure.message))
    if result.state in {applying.KNOWN, applying.OWN}:
        return State("none", _("Nothing new"))
    words = counts(result)
    if result.waiting:
        words += _GAP + ngettext("{n} change waits for the office", "{n} changes wait for the office", result.waiting)
    if result.conflicts:
        return State("warn", words + _GAP + ngettext("{n} to choose", "{n} to choose", result.conflicts))
    return State("warn" if result.waiting or result.copied else "ok", words)


def counts(result: Result) -> str:
    """What came, in numbers that are not zero."""
    parts = [
        ngettext("{n} new", "{n} new", result.new) if result.new else "",
        ngettext("{n} changed", "{n} changed", result.changed) if result.changed else "",
        ngettext("{n} removed", "{n} removed", result.removed) if result.removed else "",
        ngettext("{n} photo", "{n} photos", result.attachments) if result.attachments else "",
    ]
    return _GAP.join(part for part in parts if part) or _("Read")


def coming_rows(coming: list[Coming]) -> list[tuple[str, str, State]]:
    """What the new packages would bring, a row for what is new and one for what changes."""
    rows = []
    for each in coming:
        if each.new:
            what = _("New: {kind}", kind=kind_of(each.entity, each.new))
            rows.append((what, ngettext("{n} record", "{n} records", each.new), State("ok", _("We add"))))
        if each.changed:
            names = ", ".join(title for title in each.titles if title)
            more = each.changed - len(each.titles)
            if more > 0:
                names += _GAP + ngettext("and {n} more", "and {n} more", more)
            what = _("Changed: {kind}", kind=kind_of(each.entity, each.changed))
            rows.append((what, names or str(each.changed), State("ok", _("We change"))))
    return rows


def staying(going: Going) -> str:
    """Why records of a type stay here: "2 drafts, 3 without permission"; empty if none does."""
    parts = [
        ngettext("{n} draft", "{n} drafts", going.drafts) if going.drafts else "",
        ngettext("{n} without permission", "{n} without permission", going.permission) if going.permission else "",
        ngettext("{n} waits for another record", "{n} wait for other records", going.dependent)
        if going.dependent
        else "",
    ]
    return _GAP.join(part for part in parts if part)


def staying_all(going: list[Going]) -> str:
    """The same for all types in one line."""
    return "; ".join(f"{kind_of(each.entity)}: {staying(each)}" for each in going if staying(each))
