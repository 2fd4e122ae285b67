"""The image permission (zezwolenie na wizerunek), as a form and in plain language, for a person or who acts for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progressus_desktop.reports import forms, theme
from progressus_desktop.reports.document import Document
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import Rich, bold
from progressus_desktop.words import _

_PLAIN = theme.Style(theme.REGULAR, 14, 20)
_ANSWER = 215.0
"""The height of answers, names and signatures in large print, which stay on one page."""


@dataclass(frozen=True, slots=True)
class Permission:
    """What the form says besides its law: who asks, about which event, until when, whom to write to."""

    code: str
    event: str
    when: str
    where: str
    controller: str
    project: str
    questions: str
    retention: str = ""
    large_print: bool = False


def render(form: Permission, setting: Setting) -> bytes:
    """The form with its three bases kept apart, as a finished PDF file."""
    title = _("Permission to use my image")
    document = setting.document(_("Image permission"), form.code, title, running=form.event)
    scale = forms.LARGE if form.large_print else 1.0
    style = theme.BODY.scaled(scale)
    forms.head(document, _kicker(form), title, _about(form), form.code, scale)
    _heading(document, _("Whom it concerns"), form)
    forms.lines(
        document,
        [_("First and last name of the person in the photos"), _("Who acts for this person, if anybody")],
        scale,
    )
    document.paragraph(_("I sign as:"), style, after=2)
    forms.choices(document, _signers(), style, between=1.0, columns=1 if form.large_print else 4)
    _image(document, form, style)
    _data(document, form, style)
    _rights(document, form, style)
    forms.signature(document, [_("Place and date"), _("Legible signature")], scale=scale)
    return document.finish()


def _kicker(form: Permission) -> str:
    return " · ".join(part for part in (_("Image permission"), form.code) if part)


def _about(form: Permission) -> list[tuple[str, str]]:
    return [
        (_("Event"), form.event),
        (_("When"), form.when),
        (_("Where"), form.where),
        (_("Who asks"), form.controller),
    ]


def _heading(document: Document, words: str, form: Permission, *, large: float = 90) -> None:
    document.heading(
        words, keep=large if form.large_print else 90, style=theme.H2.scaled(1.35) if form.large_print else None
    )


def _signers() -> list[Rich]:
    return [_("this person"), _("a parent"), _("a legal guardian"), _("a custodian")]


def _image(document: Document, form: Permission, style: theme.Style) -> None:
    """The first basis: the image itself, article 81 of the act on copyright."""
    _heading(document, _("1. Image (art. 81 of the act on copyright and related rights)"), form)
    words = _(
        "I allow {controller} to spread my image from the photos and recordings of this event, free of charge:",
        controller=form.controller,
    )
    document.paragraph(words, style, after=3)
    places = [
        _("on the project's website and its profiles in social media"),
        _("in reports and publications of the project"),
        _("in local press"),
    ]
    forms.choices(document, [*places, [bold(_("I do not allow it."))]], style, between=1.0)


def _data(document: Document, form: Permission, style: theme.Style) -> None:
    """The second basis: consent to process the data."""
    _heading(document, _("2. Personal data (art. 6 sec. 1 let. a of the GDPR)"), form, large=150)
    yes = _(
        "I consent to the processing of my image by {controller} to document and promote the project “{project}”.",
        controller=form.controller,
        project=form.project,
    )
    forms.choices(document, [yes, [bold(_("I do not consent."))]], style, between=1.0)


def _rights(document: Document, form: Permission, style: theme.Style) -> None:
    """What a person must know; the third basis, an interest with its objection, is named apart."""
    _heading(document, _("3. Good to know"), form)
    kept = form.retention or _("as long as the funding agreement requires")
    items: list[Rich] = [
        _("Both answers are of your free will. Without them you take part all the same."),
        _("You may withdraw each of them at any time; what was published until then was lawful."),
        _("A general view of the event, in which you are a detail, needs no permission; you may object to it."),
        _(
            "The controller of the data is {controller}. The photos are kept: {kept}.",
            controller=form.controller,
            kept=kept,
        ),
        _("You may see your data, correct and erase them, and complain to the data protection authority (UODO)."),
    ]
    if form.questions:
        items.append(_("Questions and withdrawal: {questions}.", questions=form.questions))
    document.bullets(items, style)


def render_plain(form: Permission, setting: Setting) -> bytes:
    """The form in plain language, in letters of 14 points or larger."""
    title = _("May we show your photo?")
    document = setting.document(_("Image permission"), form.code, title, running=form.event)
    style = _PLAIN.scaled(16 / 14) if form.large_print else _PLAIN
    forms.head(document, _kicker(form), title, _about(form)[:3], form.code, 1.45)
    for heading, sentences in _plain_parts(form):
        document.heading(heading, keep=50, style=theme.Style(theme.BOLD, 16, 21, theme.NAVY))
        document.bullets(list(sentences), style, between=3.0)
    document.heading(
        _("Your answer"), keep=_ANSWER if form.large_print else 120, style=theme.Style(theme.BOLD, 16, 21, theme.NAVY)
    )
    answers: list[Rich] = [
        [bold(_("YES.")), " " + _("You may show my photo.")],
        [bold(_("NO.")), " " + _("Do not show my photo.")],
    ]
    forms.choices(document, answers, style, between=6.0)
    forms.lines(
        document,
        [_("Your first and last name"), _("The parent or guardian, if you have one")],
        1.45,
    )
    forms.signature(document, [_("Date"), _("Your signature"), _("Signature of the parent or guardian")], scale=1.45)
    return document.finish()


def _plain_parts(form: Permission) -> list[tuple[str, Sequence[Rich]]]:
    who = form.controller
    whom = form.questions or who
    return [
        (
            _("What is it about?"),
            [
                _("We take photos at this meeting."),
                _("You may be in a photo."),
                _("We want to show the photos: on the internet, in the newspaper, in our reports."),
            ],
        ),
        (
            _("What may you do?"),
            [
                _("You may say yes. You may say no. You decide."),
                _("If you say no, you can still be at the meeting."),
                _("You may change your mind. Then tell us: {whom}.", whom=whom),
                _("We will then stop showing your photo."),
            ],
        ),
        (
            _("Who keeps the photos?"),
            [
                f"{who}.",
                _("You may ask what we know about you. You may ask us to delete it."),
                _("You may complain to UODO. It is an office that guards people's data."),
            ],
        ),
    ]
