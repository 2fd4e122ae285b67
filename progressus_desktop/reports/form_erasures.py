"""Protocol of erasures: what kind of record, when, who decided and why, which laptops confirmed; never what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import forms
from progressus_desktop.reports.sections import listed
from progressus_desktop.reports.setting import Setting, number
from progressus_desktop.reports.tables import Column, Row
from progressus_desktop.words import _


@dataclass(frozen=True, slots=True)
class Erased:
    """One erased record in words ready to be printed; ``confirmed`` and ``waiting`` name laptops."""

    kind: str
    mark: str
    when: str
    who: str
    basis: str
    confirmed: Sequence[str] = ()
    waiting: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """All erasures of a workspace, oldest first; ``controller`` answers for the data."""

    project: str
    controller: str
    laptops: Sequence[str]
    erased: Sequence[Erased]


def render(protocol: Protocol, setting: Setting) -> bytes:
    """The protocol as a finished PDF file."""
    kind = _("Protocol of the erasure of data")
    document = setting.document(kind, "", kind, running=protocol.project or kind)
    done = sum(not each.waiting for each in protocol.erased)
    facts = [
        (_("Project"), protocol.project), (_("Controller"), protocol.controller),
        (_("Records erased"), number(len(protocol.erased))),
        (_("Confirmed on all laptops"), _("{n} of {all} records", n=done, all=len(protocol.erased))),
        (_("Other laptops of the project"), number(len(protocol.laptops))),
    ]  # fmt: skip
    forms.head(document, setting.as_of, kind, facts, "")
    columns = [
        Column(_("Kind of record"), share=108), Column(_("Erased on"), width=62), Column(_("Who decided"), share=88),
        Column(_("Basis"), share=130), Column(_("Other laptops"), share=150),
    ]  # fmt: skip
    rows = (
        Row([f"{each.kind} {each.mark}", each.when, each.who or "–", each.basis or "–", _laptops(each)])
        for each in protocol.erased
    )
    listed(document, _("What was erased"), columns, rows, name=_("Erased records"), empty=_("Nothing was erased."))
    if protocol.laptops:
        document.heading(_("Laptops that confirm"), keep=50)
        document.prose(", ".join(protocol.laptops))
    document.heading(_("What this means"), keep=90)
    document.bullets(
        [
            _("The values are gone from the records, their history, the search, drafts, files and older backups."),
            _("What is left says only what stands in this protocol; the mark tells two records of one kind apart."),
            _("A laptop confirms once it has erased the record itself. The next package tells those that have not."),
            _("Printed papers, saved files and copies outside the program are destroyed by hand:"),
        ]
    )
    forms.ruled(document, 2)
    forms.signature(document, [_("Who decided: name, date, signature"), _("Who handed over: name, date, signature")])
    return document.finish()


def _laptops(each: Erased) -> str:
    if not each.waiting:
        return _("all {n} confirmed", n=len(each.confirmed)) if each.confirmed else _("no other laptops")
    words = _("{n} of {all} confirmed", n=len(each.confirmed), all=len(each.confirmed) + len(each.waiting))
    return words + "; " + _("we wait for: {names}", names=", ".join(each.waiting))
