"""From a talking point of the office to the leaflet a tester leaves with people."""

from __future__ import annotations

from functools import partial

from progressus_desktop import words
from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports import leaflet as pages
from progressus_desktop.reports.leaflet import Leaflet
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, values
from progressus_desktop.words import _


def leaflet(snapshot: Snapshot, asked: Asked) -> Render:
    """The leaflet of one talking point."""
    point, project = values(snapshot.named("talking_point", asked.record_id)), snapshot.project
    topic, audience = say.text(point, "topic"), say.text(point, "audience")
    made = Leaflet(
        title=codelists.short("topic", topic) if topic else _("Leaflet"),
        topic=codelists.word("topic", topic) if topic else "",
        audience=codelists.word("participant_role", audience) if audience else _("everybody"),
        text=say.text(point, f"text_{words.language()}") or say.text(point, "text_pl"),
        project=say.text(project, "name"),
        whom=list(_whom(snapshot, project)),
        funding=say.text(project, f"visibility_sentence_{words.language()}"),
    )
    return partial(pages.render, made)


def _whom(snapshot: Snapshot, project: Values) -> list[str]:
    """Who can be asked: one's own organisation, and the office of the project."""
    own = snapshot.lookup.record("partner", snapshot.lookup.own_organisation()) or {}
    own = own or snapshot.lookup.record("partner", say.text(project, "leader")) or {}
    here = [say.text(own, name) for name in ("name", "phone", "email", "www")]
    office = [say.text(project, name) for name in ("office_address", "office_email")]
    lines = [", ".join(part for part in here if part)]
    if any(office):
        there = ", ".join(part for part in office if part)
        lines.append(_("Project office: {where}", where=there))
    return [line for line in lines if line]
