"""The photos of the sample project with permissions in every state, as the picture of the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from progressus_desktop.domain.framing import Box, Frame, Mask
from progressus_desktop.services import consents, demo_pictures, photos
from progressus_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from progressus_desktop.services.demo_making import Making

_AUTHOR = "Anna Przykładna"
_FACE = (110, 300)
"""Width and height of a drawn face with its hair, in thousandths."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo: ``agreed`` of ``people`` said yes to all photos; ``others`` is what the rest said of this one."""

    caption: str
    alt: str
    people: int
    agreed: int = 0
    outdoors: bool = False
    others: tuple[str, ...] = ()
    masked: bool = False
    published: str = ""
    named: bool = True


_TABLE = "Pięć osób siedzi przy stole z kartkami, za nimi trzy okna"
_HOUSE = "Sześć osób stoi na łące przed czerwonym domem"
_USUAL = (
    Photo("Uczestnicy przy wspólnym stole", _TABLE, 5, 5),
    Photo("Przed świetlicą po spotkaniu", _HOUSE, 6, 6, outdoors=True),
    Photo("Praca nad mapą dojazdów", "Pięć osób pochyla się nad arkuszami na stole", 5, 5),
)
_SHOWN = {
    "2026-11-18": (
        Photo("Narada o dowozie", _TABLE, 6, 6), Photo("Przed świetlicą po spotkaniu", _HOUSE, 6, 6, outdoors=True),
        Photo("Praca nad mapą dojazdów", "Pięć osób pochyla się nad arkuszami na stole", 5, 5),
        Photo("Uczestnicy przy wspólnym stole", _TABLE, 5, 5), Photo("Po spotkaniu", _HOUSE, 6, 6, outdoors=True),
        Photo("Lista przystanków", "Pięć osób wskazuje przystanki na dużej kartce", 5, 5),
    ),
    "2026-11-14": (
        Photo("Targi: stoisko", _HOUSE, 6, 6, outdoors=True),
        Photo("Targi: rozmowa", "Cztery osoby rozmawiają przy stoliku", 4, 3, others=("refused",), masked=True),
    ),
    "2026-11-09": (
        Photo("Świetlica od drogi", "Dom z czerwonym dachem na łące, bez ludzi", 0, outdoors=True),
        Photo("Warsztat: CV", "", 5, 5),
    ),
    "2026-11-05": (
        Photo("Wizyta w ZAZ: stół", "Pięć osób siedzi przy stole w jasnej pracowni i ogląda wzory", 5, 3,
              others=("", "refused")),
        Photo("ZAZ: pracownia", "Cztery osoby przy stole w pracowni", 4, named=False),
        Photo("ZAZ: wejście", "Pięć osób stoi przed wejściem do zakładu", 5, 4, outdoors=True, others=("withdrawn",),
              published="https://wspolnykrok.example/aktualnosci/wizyta-w-zaz"),
    ),
}  # fmt: skip
"""Photos of the events of picture 09, by their day."""


def add(ws: Workspace, making: Making) -> None:
    """Photos of the newest held events, and what the people on them said."""
    days = {record: day for day, record in making.events.items()}
    for number, (event, count) in enumerate(making.pictured):
        for place, each in enumerate(_SHOWN.get(days.get(event, ""), _USUAL[:count])):
            _add(ws, making, event, number * 100 + place, each)


def _add(ws: Workspace, making: Making, event: str, seed: int, each: Photo) -> None:
    asked = making.unasked_persons[: len(each.others)]
    further: dict[str, Any] = {"author": _AUTHOR, "people_shown": "recognisable", "people_count": each.people}
    if not each.people:
        further = {"author": _AUTHOR, "people_shown": "nobody"}
    elif each.named:
        further["persons"] = sorted([*making.shown_persons[: each.agreed], *asked])
    if each.published:
        further["published"] = [{"link": each.published, "date": making.day("2026-11-10").isoformat()}]
    data = demo_pictures.jpeg(seed, outdoors=each.outdoors, people=each.people)
    made = photos.add(ws, event, data, each.alt, caption=each.caption, further=further)
    said = {"date": making.day("2026-11-05").isoformat(), "way": "paper", "given_by": "person"}
    for person, state in zip(asked, each.others, strict=True):
        if state:
            consents.answer(ws, person, state, photo_id=made, more=said)
    if each.masked:
        # the last person of the row, drawn at the right
        middle = 1000 * each.people // (each.people + 1)
        width, height = _FACE
        photos.frame(ws, made, Frame(None, (Mask(Box(middle - width // 2, 400, width, height), asked[0]),)))
