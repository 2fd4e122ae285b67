"""Which reports there are: their names, what each is about, in which forms it is written. No other module is needed."""

from __future__ import annotations

from dataclasses import dataclass

from progressus_desktop.words import N_

PDF, TEXT, HTML, XLSX = "pdf", "txt", "html", "xlsx"


@dataclass(frozen=True, slots=True)
class Kind:
    """A report: ``name`` as on the command line, ``label`` for people, ``stem`` of its file's name.

    ``about`` is the record type it is about (empty: the whole workspace), ``span`` what time it covers (``month``,
    ``period`` or nothing); where both are set, either will do. ``maker`` is the function that gathers its data, as
    ``module:function`` of this package. ``forms`` are the ways it can be written, PDF first.
    """

    name: str
    label: str
    stem: str
    maker: str
    about: str = ""
    span: str = ""
    forms: tuple[str, ...] = (PDF,)
    large_print: bool = False
    plain: bool = False
    landscape: bool = False


KINDS = (
    Kind("event-card", N_("Event card"), N_("event card {code}"), "reporting_event:card", about="event"),
    Kind(
        "attendance-sheet", N_("Attendance sheet"), N_("attendance sheet {code}"), "reporting_event:sheet",
        about="event", large_print=True, landscape=True,
    ),
    Kind("monthly", N_("Monthly report"), N_("monthly report {code}"), "reporting_monthly:monthly", span="month"),
    Kind("final", N_("Final report"), N_("final report {code}"), "reporting_monthly:final", span="period"),
    Kind("partner-card", N_("Partner card"), N_("partner card {code}"), "reporting_partner:card", about="partner"),
    Kind("cluster", N_("Cluster report"), N_("cluster report {code}"), "reporting_cluster:cluster", about="cluster"),
    Kind(
        "gallery", N_("Gallery"), N_("gallery {code}"), "reporting_gallery:gallery", about="event", span="period",
    ),
    Kind(
        "control-folder", N_("Control folder"), N_("control folder {code}"), "reporting_folder:folder",
        about="event", span="period",
    ),
    Kind(
        "office-summary", N_("Office summary"), N_("office summary {code}"), "reporting_office:summary", span="period",
    ),
    Kind(
        "observations", N_("Observations register"), N_("observations {code}"), "reporting_observations:register",
        span="period", forms=(PDF, XLSX),
    ),
    Kind("schedule", N_("Schedule"), N_("schedule {code}"), "reporting_schedule:schedule", span="period"),
    Kind(
        "publication", N_("Note for the website"), N_("note {code}"), "reporting_publication:publication",
        about="event", forms=(PDF, TEXT, HTML),
    ),
    Kind(
        "form-image-permission", N_("Image permission"), N_("image permission {code}"),
        "reporting_forms:image_permission", about="event", large_print=True, plain=True,
    ),
    Kind("form-agenda", N_("Invitation and agenda"), N_("agenda {code}"), "reporting_forms:agenda", about="event"),
    Kind("form-minutes", N_("Minutes of the meeting"), N_("minutes {code}"), "reporting_forms:minutes", about="event"),
    Kind(
        "form-letter-of-intent", N_("Letter of intent"), N_("letter of intent {code}"),
        "reporting_forms:letter_of_intent", about="partner",
    ),
    Kind(
        "form-certificate", N_("Certificate of participation"), N_("certificate {code}"),
        "reporting_forms:certificate", about="event",
    ),
)  # fmt: skip
"""All of them, in the order of the command line's help."""

LEAFLET = Kind(
    "leaflet", N_("Leaflet"), N_("leaflet {code}"), "reporting_leaflet:leaflet", about="talking_point",
)  # fmt: skip
"""Made where a talking point is shown; neither a document of the reports page nor of the command line."""

ASKING = {
    "event": N_("Say which event the report is about."),
    "partner": N_("Say which partner the report is about."),
    "cluster": N_("Say which cluster the report is about."),
    "talking_point": N_("Say which talking point the leaflet is about."),
}
"""What is asked for when a report has nothing to be about, by record type."""

NAMES = tuple(kind.name for kind in KINDS)


def kind(name: str) -> Kind | None:
    """The report called ``name``, or None."""
    return next((each for each in (*KINDS, LEAFLET) if each.name == name), None)


def about(entity: str) -> list[Kind]:
    """The reports about one record of that type."""
    return [each for each in (*KINDS, LEAFLET) if each.about == entity]
