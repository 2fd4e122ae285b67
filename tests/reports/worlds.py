"""Whole workspaces with one kind of data each, from which every report is made for the gates."""

from __future__ import annotations

import io
import random
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from progressus_desktop.clock import FixedClock
from progressus_desktop.domain import catalog, codelists
from progressus_desktop.services import reporting, reporting_kinds
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.store import changes, media, workspace
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.reports.examples import GIANT, LONG, POLISH

UKRAINIAN = "Зустріч у Львові: Ґалаґан Їжакевич-Щукін та „Єднання” – п’ять"
NOW = "2026-11-23T11:48:00+01:00"
MONTH = "2026-11"
PLACE: list[Path] = []
"""Where the workspaces of a test session stand."""


@dataclass(slots=True)
class World:
    """A workspace, and in it one record of each type that reports are about."""

    ws: Workspace
    about: dict[str, str] = field(default_factory=dict)
    own: str = ""

    def asked(self, kind: str, form: str = "pdf") -> Asked:
        """What a person would ask to have that report of this workspace."""
        of = reporting.known(kind)
        month = MONTH if of.span == "month" else ""
        days = ("2026-01-01", "2026-12-31") if of.span == "period" and not of.about else ("", "")
        return Asked(self.about.get(of.about, ""), month, *days, form)

    def made(self, kind: str, lang: str = "pl", form: str = "pdf") -> bytes:
        """The report as the content of a file."""
        return reporting.made(self.ws, kind, self.asked(kind, form), lang)


def picture(number: int, size: tuple[int, int] = (320, 214)) -> bytes:
    """A small JPEG, different for each number."""
    rnd = random.Random(number)
    out = io.BytesIO()
    Image.new("RGB", size, tuple(rnd.randrange(256) for _ in range(3))).save(out, "JPEG")
    return out.getvalue()


class _Making:
    """Puts one world together; ``text`` fills every field, ``long`` those that hold a long text."""

    def __init__(self, text: str, long: str) -> None:
        self.text, self.long = text, long
        folder = Path(tempfile.mkdtemp(prefix="world-", dir=PLACE[0] if PLACE else None))
        clock = FixedClock(datetime.fromisoformat(NOW))
        self.ws = workspace.create(folder / "ws", "haslo", clock, prefix="DLA", name=text[:60] or "Łąka")
        self.world = World(self.ws)
        self.waiting: list[changes.Change] | None = None
        self.number = 0

    def put(self, entity: str, **values: Any) -> str:
        # ids that rise with the order of making, as real ones do
        self.number += 1
        record = str(uuid.UUID(int=(0x7000 << 64) | self.number))
        if self.waiting is None:
            return write(self.ws, entity, values, record)
        change = changes.save(catalog.entity(entity), record, {}, {}, values)
        assert change is not None
        self.waiting.append(change)
        return record

    def project(self) -> None:
        """The project, its leader, the organisation and the person who works."""
        text = self.text[:200] or "Dobra Łąka"
        leader = self.put("partner", name=f"Lider {text}", kind="foundation", locality="Wzorów", in_project=True)
        own = self.world.own = self.put("partner", name=text, kind="association", locality="Łękinia", in_project=True)
        self.put(
            "project", name=f"Projekt {text}", short_code="PROG", leader=leader, date_from="2026-01-01",
            date_to="2027-12-31", testing_from="2026-03-01", testing_to="2027-02-28", controller=text,
            office_email="biuro@projekt.example", partners=[own],
        )  # fmt: skip
        self.ws.person = self.put("user", first_name="Anna", last_name=text[:40], role="tester", organisation=own)
        self.ws.space = own

    def drafts(self) -> World:
        """Records with almost nothing in them."""
        self.world.about = {
            "event": self.put("event", note="x"), "partner": self.put("partner", name="X"),
            "cluster": self.put("cluster", note="x"),
        }  # fmt: skip
        self.put("observation", note="x", date="2026-11-03")
        return self.world

    def partner(self, number: int = 0) -> str:
        text, own = self.text, self.world.own
        partner = self.put(
            "partner", entry="ready", name=f"{text[:240]} {number or ''}".strip(), kind="kgw", locality=text[:80],
            gmina="3215052", street=text[:80], house="4", postal_code="78-445", phone="+48943740000",
            email="kontakt@malwa.example", www="https://malwa.example", nip="8567346215", size="micro", reach="gmina",
            target_groups=sorted(codelists.codes("target_group"))[:3], note="Tylko dla mnie", short_name=text[:40],
            needs=["transport", "training"],
            relations=[
                {"key": f"{at:08x}", "organisation": own, "stage": stage, "date": day, "note": text[:300]}
                for at, (stage, day) in enumerate((("talks", "2026-09-01"), ("declared", "2026-11-10")), 1)
            ],
            declarations=[{"key": "0000000a", "kind": "letter_of_intent", "date": "2026-11-10", "valid_until": "2027"}],
        )  # fmt: skip
        person = self.put(
            "person", entry="ready", last_name=text[:100], first_name="Maria", organisation=partner,
            consents=[{"purpose": "image:all", "state": "given", "date": "2026-11-01"}],
        )  # fmt: skip
        self.put(
            "contact", entry="ready", person=person, partner=partner, function=text[:100],
            phones=[{"key": "00000001", "phone": "+48600100200"}], emails=[{"key": "00000002", "email": "m@m.example"}],
            clause_given_on="2026-03-10",
        )  # fmt: skip
        self.world.about["partner"], self.world.about["person"] = partner, person
        return partner

    def event(self, number: int = 0, status: str = "held", day: str = "2026-11-12", **more: Any) -> str:
        text, long, partner = self.text, self.long, self.world.about["partner"]
        given: dict[str, Any] = {
            "entry": "ready", "title": f"{text[:800]} {number or ''}".strip(), "kind": "workshop", "status": status,
            "date": day, "start": "10:00", "end": "14:00", "place_name": text[:200], "street": "Lipowa 4",
            "locality": text[:80], "gmina": "3215052", "lead_organiser": self.world.own, "host": partner,
            "co_organisers": [partner], "partners": [partner], "summary": text, "course": long,
            "participants": {"pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 6, "m": 3}, "employer": {"m": 3, "x": 1}},
            "of_which": {"pwd": {"f": 5, "m": 4}, "rural": {"f": 4}}, "counted_by": "list", "signatures_count": 22,
            "topics": [{"topic": "T1", "depth": "presented", "audience": ["ngo_staff"], "aspects": ["use"]}],
            "arrangements": [{"key": "00000001", "what": text, "who": "Jan Nowak", "due": "2026-11-29"}],
            "accessibility": [{"item": "parking", "answer": "yes"}, {"item": "captions", "answer": "no"}],
            "requested_arrangements": [{"item": "large_print", "count": 3}], "difficulties": text, "quotes": long,
            "authorities": [{"key": "00000002", "institution": text[:200], "function": "wójt"}],
            "agenda": [{"key": "00000003", "time": "10:00", "item": text, "speaker": "Jan Nowak"}],
            "materials": [{"key": "00000004", "what": text[:200], "count": 30, "marked": True}],
            "media": [{"key": "00000005", "title": text, "date": "2026-11-13", "link": "https://gazeta.example/a"}],
            "visibility": [{"item": "poster", "answer": "yes"}, {"item": "slides_marks", "answer": "no"}], "aim": text,
        }  # fmt: skip
        if status != "held":
            given = {name: each for name, each in given.items() if name not in {"participants", "of_which", "course"}}
        return self.put("event", **given, **more)

    def talk(self, number: int, day: str) -> None:
        self.put(
            "interaction", entry="ready", date=day, channel="visit", partners=[self.world.about["partner"]],
            subject=f"{self.text} {number or ''}".strip(), result="agreed", topics=[{"topic": "T4"}], duration_min=45,
            next_step=self.text[:300], next_step_due="2026-12-05", summary=self.long,
        )  # fmt: skip

    def photo(self, number: int, kind: str = "photo", **more: Any) -> None:
        data = media.add(self.ws, picture(number))
        given = {
            "entry": "ready", "kind": kind, "event": self.world.about["event"], "original": data, "shared_copy": data,
            "media_type": "image/jpeg", "width": 320, "height": 214, "people_shown": "crowd", "taken_at": "2026-11-12",
            "alt": self.text or "Ludzie przy stole", "caption": self.text,
        }  # fmt: skip
        self.put("photo", **given | more)

    def cluster(self) -> None:
        """A cluster of two organisations: what they give and seek, what they do jointly, what they saw."""
        text, partner, own = self.text, self.world.about["partner"], self.world.own
        cluster = self.world.about["cluster"] = self.put(
            "cluster", entry="ready", name=text[:240], stage="declaration", form="agreement", area=["3215052"],
            coordinator=own, mission=self.long, meeting_rhythm=text[:200], risks=text, plan_to_last=self.long,
            stage_dates=[{"stage": "idea", "date": "2026-05-02"}, {"stage": "declaration", "date": "2026-11-10"}],
        )  # fmt: skip
        for each, before in ((own, "none"), (partner, "occasional")):
            self.put(
                "membership", entry="ready", cluster=cluster, partner=each, role="founder", date_from="2026-06-01",
                cooperation_before=before,
            )  # fmt: skip
        self.put(
            "offer", entry="ready", partner=partner, category="transport", description=text, cost="free",
            new_since_project=True, new_since="2026-11-02", for_whom=["mobility"], valid_to="2027",
        )  # fmt: skip
        self.put(
            "action", entry="ready", title=text[:800], cluster=cluster, kind="internships", state="finished",
            leader=own, partners=[partner], date_from="2026-11-03", date_to="2026-11-20", real_result=text,
            outcomes={"internship": {"f": 3, "m": 1}, "training": {"f": 9, "m": 6}},
            pwd_reached={"pwd": {"f": 9, "m": 8}},
        )  # fmt: skip
        self.put(
            "task", entry="ready", what=text[:300], due="2026-12-05", state="open", record=partner, who="Jan Nowak"
        )
        for number, kind in enumerate(("works", "problem", "quote")):
            self.observation(number, kind)
        self.put("indicator", entry="ready", code="W1", name=text[:200], unit="osoby", rule="recipients", target=40)

    def observation(self, number: int, kind: str = "works", day: str = "2026-11-18", **more: Any) -> None:
        text = self.text
        given: dict[str, Any] = {
            "entry": "ready", "date": day, "kind": kind, "element": "rules", "topic": "T3", "weight": number % 5 + 1,
            "text": f"{text} {number or ''}".strip(), "partner": self.world.about["partner"], "product_version": "1.2",
            "adaptation": text, "proposal": text[:400], "decision": "accepted", "decision_reason": text[:300],
        }  # fmt: skip
        self.put("observation", **given | more)

    def full(self, photos: int = 5) -> World:
        """A partner, events in every state, contacts, photos, a scan."""
        self.partner()
        self.world.about["event"] = self.event()
        self.event(2, status="planned", day="2026-12-04")
        self.event(3, status="cancelled", day="2026-11-20", status_reason=self.text)
        self.event(4, day="2026-10-02", parent_event=self.world.about["event"])
        self.put("event", title="Szkic", date="2026-11-15")
        self.talk(0, "2026-11-05")
        self.talk(1, "2026-10-05")
        for number in range(photos):
            self.photo(number)
        self.photo(900, kind="list_scan", people_shown=None, alt=None)
        self.cluster()
        return self.world


def _made(text: str, long: str | None = None) -> _Making:
    making = _Making(text, text if long is None else long)
    making.project()
    return making


def _rows(number: int) -> World:
    making = _made("Spotkanie")
    making.full()
    making.waiting = []
    for at in range(number):
        making.event(at + 10, day=f"2026-11-{at % 28 + 1:02}")
        making.talk(at + 10, f"2026-11-{at % 28 + 1:02}")
        making.observation(at + 10, day=f"2026-11-{at % 28 + 1:02}")
    making.ws.commit(making.waiting, "table-import", "table-import:event:2000")
    return making.world


def _absent_files() -> World:
    making = _made("Warsztat w świetlicy")
    world = making.full()
    for each in (making.ws.folder / "attachments").rglob("*"):
        if each.is_file():
            each.unlink()
    return world


def _nobody_agreed() -> World:
    making = _made("Warsztat w świetlicy")
    world = making.full(photos=0)
    for number in range(3):
        making.photo(number, people_shown="recognisable", persons=[], people_count=3)
    making.photo(7, alt=None)
    return world


WORLDS: dict[str, Callable[[], World]] = {
    "empty": lambda: _made("").drafts(),
    "small": lambda: _made("Warsztat w świetlicy").full(),
    "polish": lambda: _made(POLISH).full(),
    "ukrainian": lambda: _made(UKRAINIAN).full(),
    "giant": lambda: _made(GIANT).full(),
    "long": lambda: _made("Warsztat", LONG).full(),
    "absent-files": _absent_files,
    "nobody-agreed": _nobody_agreed,
    "photos-500": lambda: _made("Zdjęcia").full(photos=500),
    "rows-2000": lambda: _rows(2000),
}
KINDS = reporting_kinds.NAMES


_known: dict[str, World] = {}


def world(name: str) -> World:
    """A world, made once in each test process."""
    if name not in _known:
        _known[name] = WORLDS[name]()
    return _known[name]


def close() -> None:
    """Close and forget every world."""
    for each in _known.values():
        each.ws.close()
    _known.clear()
    made.cache_clear()


@cache
def made(kind: str, name: str, lang: str = "pl", form: str = "pdf") -> bytes:
    """A report of a world, made once in each test process."""
    return world(name).made(kind, lang, form)


def cases(*names: str) -> Iterator[tuple[str, str]]:
    """Every report of the worlds named."""
    for kind in KINDS:
        for name in names:
            yield kind, name
