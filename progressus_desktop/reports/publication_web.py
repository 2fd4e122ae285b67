"""The public note as plain text and as a web page, to be pasted where a news item is written."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from progressus_desktop.reports.prose import Block, Title
from progressus_desktop.reports.publication import Publication, caption_of, title_of
from progressus_desktop.reports.setting import Setting
from progressus_desktop.reports.text import clean, plain
from progressus_desktop.words import _


def text(note: Publication, _setting: Setting) -> bytes:
    """The note as plain text in UTF-8; photos are named by their descriptions and captions."""
    parts = [title_of(note), note.kicker, note.lead, note.opening]
    for section in note.sections:
        if section.heading:
            parts.append(section.heading)
        parts += [_plain_block(block) for block in section.blocks]
    parts += [_plain_photo(note, at) for at in range(len(note.photos))]
    if plain(note.about).strip():
        parts.append(f"{_('About the project.')} {plain(note.about)}")
    return ("\n\n".join(clean(part) for part in parts if part) + "\n").encode("utf-8", "replace")


def _plain_block(block: Block) -> str:
    if isinstance(block, list):
        return "\n".join(f"- {item}" for item in block)
    return block.text if isinstance(block, Title) else block


def _plain_photo(note: Publication, at: int) -> str:
    words = " – ".join(part for part in (note.photos[at].alt, caption_of(note, at)) if part)
    return _("[Photo {number}: {words}]", number=at + 1, words=words or _("decorative"))


def html(note: Publication, setting: Setting) -> bytes:
    """The note as a web page of its own in UTF-8; the photos are inside it."""
    title = escape(clean(title_of(note)))
    head = (
        f'<!doctype html>\n<html lang="{setting.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    body = "\n".join(["<article>", *_article(note, title), "</article>"])
    return f"{head}{body}\n</body>\n</html>\n".encode("utf-8", "replace")


_STYLE = (
    "body{margin:0 auto;max-width:42rem;padding:1rem;font:1.1rem/1.6 sans-serif;color:#1c2430;background:#fff}"
    "h1,h2,.lead{color:#14365c;line-height:1.25}.lead{font-weight:600;font-size:1.25rem}.kicker{color:#0f6e6e}"
    "figure{margin:1.2rem 0}img{max-width:100%;height:auto}figcaption{color:#55606e;font-size:.95rem}"
    "aside{background:#eef3f8;padding:.8rem 1rem;border-radius:6px}"
)


def _article(note: Publication, title: str) -> Iterator[str]:
    yield f'<p class="kicker">{escape(clean(note.kicker))}</p>'
    yield f"<h1>{title}</h1>"
    if note.lead:
        yield f'<p class="lead">{_lines(note.lead)}</p>'
    if note.photos:
        yield _figure(note, 0)
    if note.opening:
        yield f"<p>{_lines(note.opening)}</p>"
    for section in note.sections:
        if section.heading:
            yield f"<h2>{escape(clean(section.heading))}</h2>"
        yield from _blocks(section.blocks)
    yield from (_figure(note, at) for at in range(1, len(note.photos)))
    if plain(note.about).strip():
        yield f"<aside><p><strong>{escape(_('About the project.'))}</strong> {_lines(plain(note.about))}</p></aside>"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, list):
            items = "".join(f"<li>{_lines(item)}</li>" for item in block)
            yield f"<ul>{items}</ul>"
        elif isinstance(block, Title):
            yield f"<h2>{escape(clean(block.text))}</h2>"
        else:
            yield f"<p>{_lines(block)}</p>"


def _lines(words: str) -> str:
    return escape(clean(words)).replace("\n", "<br>")


def _figure(note: Publication, at: int) -> str:
    photo = note.photos[at]
    data = base64.b64encode(photo.picture.data).decode("ascii")
    size = f'width="{photo.picture.width}" height="{photo.picture.height}"'
    image = f'<img src="data:image/jpeg;base64,{data}" alt="{escape(clean(photo.alt))}" {size}>'
    caption = caption_of(note, at)
    under = f"<figcaption>{_lines(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{under}</figure>"
