"""The recovery sheet (kartka odzyskiwania): the code that opens a workspace when its password is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from progressus_desktop.reports import theme
from progressus_desktop.reports.setting import Setting
from progressus_desktop.words import _, language


def build(name: str, code: str, moment: datetime) -> bytes:
    """The sheet of the workspace called ``name`` as a finished PDF file; ``code`` is shown in groups."""
    kind = _("Recovery sheet")
    setting = Setting(lang=language(), author=name, stamp=moment)
    document = setting.document(kind, "", f"{kind}: {name}", running=name)
    document.heading(kind, 1)
    document.paragraph(name)
    document.heading(_("Recovery code"), 2)
    large = replace(theme.H1, size=theme.H1.size * 1.1, leading=theme.H1.leading * 1.4)
    document.paragraph(code, large)
    document.heading(_("How to use it"), 2)
    document.bullets(
        [
            _("Keep this sheet apart from the computer, under lock."),
            _("When the password is forgotten, choose “I have a recovery sheet” and type the code."),
            _("Capital and small letters, blanks and hyphens do not matter."),
            _("Whoever has this sheet can open the workspace. If it is lost, print a new one: it voids this one."),
            _("Without the password and without this sheet nobody can read the data."),
        ]
    )
    return document.finish()
