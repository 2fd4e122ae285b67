"""The office's key on paper: the key in groups and as a picture to scan, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from progressus_desktop.reports import qr, theme
from progressus_desktop.reports.setting import Setting
from progressus_desktop.words import _, language

_GROUP, _IN_A_LINE = 5, 5
_SIDE = 110.0


def groups(secret: str) -> list[str]:
    """The key as it is printed: lines of groups of five letters; hyphens are left out."""
    plain = secret.replace("-", "")
    found = [plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP)]
    return [" ".join(found[start : start + _IN_A_LINE]) for start in range(0, len(found), _IN_A_LINE)]


def build(name: str, secret: str, words: Sequence[str], moment: datetime) -> bytes:
    """The sheet of the office called ``name`` as a finished PDF file; ``words`` stand for its signature."""
    kind = _("The office's key on paper")
    setting = Setting(lang=language(), author=name, stamp=moment)
    document = setting.document(kind, "", f"{kind}: {name}", running=name)
    document.heading(kind, 1)
    document.paragraph(name)
    document.heading(_("The key"), 2)
    large = replace(theme.H1, size=theme.H1.size * 0.8, leading=theme.H1.leading * 1.1)
    for line in groups(secret):
        document.paragraph(line, large)
    document.y += 6
    top = document.y
    alt = _("The key as a QR code")
    document.figure(alt, document.left, top, _SIDE, _SIDE,
                    lambda canvas: qr.draw(canvas, secret, document.left, top, _SIDE))  # fmt: skip
    document.y = top + _SIDE + 12
    document.heading(_("Words of the office"), 2)
    document.bullets(list(words))
    document.heading(_("How to use it"), 2)
    document.bullets(
        [
            _("Keep this sheet apart from the computers, under lock; a copy in another building."),
            _("It is for the day when the office's laptop and all its backups are lost."),
            _("Gather all packages on a new laptop: from sticks, from e-mails, also those the office wrote."),
            _("“exchange rescue” makes a new office of them. It asks for this key and shows the words above."),
            _("Whoever has this sheet can read packages of the office. If it is lost, print a new one."),
        ]
    )
    return document.finish()
