"""Puts the sample records together as changes of the log, each commit at a moment of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from progressus_desktop import clock as times
from progressus_desktop.clock import Clock, FixedClock
from progressus_desktop.domain import catalog, parsing, validation
from progressus_desktop.domain.fields import Level, Merge, Values
from progressus_desktop.domain.values import empty, normal
from progressus_desktop.services import demo_data, demo_events, demo_joint, demo_more, labels
from progressus_desktop.services.records import uuid7
from progressus_desktop.store import changes
from progressus_desktop.store.changes import Change

Commit = tuple[Clock, str, list[Change]]

_MOST_EARLIER, _PICTURED = 128, 7
_TOPICS = ("T1", "T2", "T3", "T4")
_AUDIENCES = (
    ("ngo_staff", "pwd"), ("employer", "ngo_staff"), ("institution", "volunteer"), ("community", "family"),
)  # fmt: skip
_DEPTHS = ("mentioned", "presented", "workshop")


class _Known:
    """Read access to the records made so far, for rules."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], Values] = {}
        self._project: Values = {}

    def add(self, entity: str, record_id: str, values: Values) -> None:
        """Let rules see a record."""
        self.found[entity, record_id] = values
        if entity == "project":
            self._project = values

    def record(self, entity: str, record_id: str) -> Values | None:
        """A record made so far."""
        return self.found.get((entity, record_id))

    def linked(self, _entity: str, _name: str, _record_id: str, _only: Sequence[str] = ()) -> Iterable[Values]:
        """No rule that runs here asks for links."""
        return ()

    def newest(self, _entity: str, _name: str, _record_id: str, _where: tuple[str, str] | None = None) -> str | None:
        """Nothing refers to anything."""
        return None

    def project(self) -> Values:
        """The sample project."""
        return self._project

    def own_organisation(self) -> str:
        """Not asked by rules."""
        return ""


class Making:
    """The sample project for one day; the same day gives the same records."""

    def __init__(self, clock: Clock) -> None:
        self._rng = Random(20261123)  # noqa: S311 - sample data, no secret
        today = times.today(clock)
        anchor = date.fromisoformat(demo_data.ANCHOR)
        self._shift = timedelta(weeks=(today - anchor).days // 7)
        self._now = datetime.fromtimestamp(clock.now_ms() / 1000, times.warsaw())
        self._known = _Known()
        self._serial = 0
        self.partners: dict[str, str] = {}
        self.organisations: list[str] = []
        self._persons: list[str] = []
        self._spoken: dict[str, str] = {}
        self.author = self.new_id()
        self.tester = ""
        self.name = demo_data.OWN
        self.pictured: list[tuple[str, int]] = []
        self.shown_persons: list[str] = []
        self.unasked_persons: list[str] = []
        self.events: dict[str, str] = {}
        self.clusters: dict[str, str] = {}

    @property
    def present(self) -> Clock:
        """A clock just before now, for what is written last."""
        return FixedClock(self._now - timedelta(minutes=13))

    def commits(self) -> Iterator[Commit]:
        """The commits in their order; times rise."""
        start = datetime.combine(self.day("2026-02-16"), time(9, 0), times.warsaw())
        yield FixedClock(start), labels.label("create", "project"), self._start()
        yield FixedClock(start + timedelta(days=9)), labels.label("add", "partner", count=60), self._all_partners()
        yield FixedClock(start + timedelta(days=10)), labels.label("add", "contact", count=60), self._contacts()
        middle = datetime.combine(self.day("2026-10-02"), time(14, 10), times.warsaw())
        yield FixedClock(middle), labels.label("add", "event", count=_MOST_EARLIER), self._earlier()
        yield FixedClock(middle + timedelta(days=3)), labels.label("add", "interaction", count=120), self._talks()
        late = self._now - timedelta(hours=2)
        yield FixedClock(late), labels.label("add", "event", count=len(demo_data.SHOWN_EVENTS)), self._shown()
        yield from demo_more.commits(self, FixedClock(late + timedelta(minutes=20)))

    def new_id(self) -> str:
        """The next id; the same day gives the same ids."""
        self._serial += 1
        base = int(datetime.combine(self.day("2026-02-16"), time(9, 0), times.warsaw()).timestamp() * 1000)
        return uuid7(base + self._serial, self._rng.randbytes(10))

    def day(self, text: str) -> date:
        """A date of the pictures, moved by whole weeks to the present."""
        return date.fromisoformat(text) + self._shift

    def put(
        self, entity: str, space: str, fields: Mapping[str, Any], record_id: str = "", *, ready: bool = True
    ) -> Change:
        """A change that makes a record; its entry follows from its errors unless it is to stay a draft."""
        of = catalog.entity(entity)
        kept: dict[str, Any] = {}
        for name, value in fields.items():
            field = of.field(name)
            if empty(value):
                continue
            if field.merge is Merge.ROWS:
                value = [{"key": self._rng.randbytes(4).hex(), **row} for row in value]  # noqa: PLW2901
            kept[name] = normal(field, parsing.normalised(field, value))
        made = record_id or self.new_id()
        wrong = any(each.level is Level.ERROR for each in validation.check(of, {**kept, "id": made}, self._known))
        entry = "ready" if ready and not wrong else "draft"
        self._known.add(entity, made, {**kept, "id": made, "entry": entry})
        change = changes.save(of, made, {}, {}, {**kept, "entry": entry, "space": space})
        if change is None:
            msg = "a sample record is empty"
            raise RuntimeError(msg)
        return change

    def _start(self) -> list[Change]:
        leader = self.new_id()
        project = {
            "name": demo_data.PROJECT,
            "short_code": "PROG",
            "programme": "regional",
            "leader": leader,
            "date_from": self.day("2026-01-05").isoformat(),
            "date_to": self.day("2027-12-27").isoformat(),
            "testing_from": self.day("2026-03-02").isoformat(),
            "testing_to": self.day("2027-02-26").isoformat(),
            "tasks": [{"no": "3", "name": "Promocja produktu"}, {"no": "4", "name": "Testowanie produktu finalnego"}],
            "named_attendance": True,
            "monthly_deadline_day": 5,
            "languages": ["pl"],
            "office_email": "biuro@wspolnykrok.example",
        }
        out = [self.put("project", "office", project)]
        home = {"name": demo_data.LEADER, "kind": "foundation", "locality": "Wzorów", "in_project": True}
        out.append(self.put("partner", "office", home, leader))
        first, last = demo_data.OFFICE_USER
        office = {"first_name": first, "last_name": last, "role": "office", "organisation": leader}
        out.append(self.put("user", "office", office, self.author))
        for name, kind, first_name, last_name, locality in demo_data.TESTERS:
            record = self.new_id()
            self.organisations.append(record)
            fields: dict[str, Any] = {
                "name": name, "kind": kind, "locality": locality, "in_project": True, "reach": "powiat",
            }  # fmt: skip
            if len(self.organisations) == 1:
                fields |= {"short_name": demo_data.OWN_SHORT, "needs": sorted(demo_joint.NEEDS[demo_joint.OWN])}
            out.append(self.put("partner", record, fields, record))
            user = self.new_id()
            self.tester = self.tester or user
            person = {"first_name": first_name, "last_name": last_name, "role": "tester", "organisation": record}
            out.append(self.put("user", record, person, user))
        first, last = demo_data.COLLEAGUE
        colleague = {"first_name": first, "last_name": last, "role": "tester", "organisation": self.organisations[0]}
        out.append(self.put("user", self.organisations[0], colleague))
        return out

    def _all_partners(self) -> list[Change]:
        out = []
        for each in demo_data.SHOWN_PARTNERS:
            self._spoken[each.name] = each.spoken
            out.append(self._partner(each.name, each.kind, each.locality, each.stage, phone=each.phone))
        for place, (name, kind) in enumerate(demo_data.MORE_PARTNERS):
            locality = next((each for each in demo_data.LOCALITIES if each.split()[0][:5] in name), "")
            locality = locality or demo_data.LOCALITIES[place % len(demo_data.LOCALITIES)]
            stage = demo_data.STAGES[place % len(demo_data.STAGES)]
            self._spoken[name] = "" if stage == "identified" else f"2026-{10 + place % 2}-{1 + place * 7 % 20:02}"
            out.append(self._partner(name, kind, locality, stage))
        return out

    def _partner(self, name: str, kind: str, locality: str, stage: str, phone: str = "") -> Change:
        record = self.partners[name] = self.new_id()
        steps = [("identified", "2026-03-02"), ("contacted", "2026-03-10"), (stage, "2026-05-20")]
        own = self.organisations[0]
        kept = steps[:1] if stage == "identified" else steps
        number = len(self.partners)
        fields = {
            "name": name,
            "kind": kind,
            "locality": locality,
            "gmina": demo_data.GMINAS[locality],
            "phone": phone or f"94 000 {number:02} {number * 7 % 100:02}",
            "email": f"kontakt{number}@wzor.example",
            "source": "rozpoznanie w gminie",
            "short_name": demo_joint.SHORT_NAMES.get(name, ""),
            "needs": sorted(demo_joint.NEEDS.get(name, ())),
            "size": ("micro", "small", "none", "medium")[number % 4],
            "reach": ("gmina", "village", "powiat")[number % 3],
            "relations": [
                {"organisation": own, "stage": each, "date": self.day(day).isoformat()} for each, day in kept
            ],
        }
        return self.put("partner", own, fields, record)

    def _contacts(self) -> list[Change]:
        out = []
        own = self.organisations[0]
        names = list(self.partners)
        shown = "Pieczarkarnia „Jutrzenka”"
        names.sort(key=lambda name: name != shown)
        for place, partner in enumerate(names[:40]):
            first, last = demo_data.NAMES[place % len(demo_data.NAMES)]
            person = self.new_id()
            fields: dict[str, Any] = {"first_name": first, "last_name": last, "organisation": self.partners[partner]}
            if place >= len(demo_data.NAMES):
                fields["last_name"] = f"{last}-{demo_data.NAMES[place * 5 % 11][1]}"
            if place < 6:  # noqa: PLR2004 - the people in the pictures
                fields["consents"] = [
                    {"purpose": "image:all", "state": "given", "date": self.day("2026-11-18").isoformat()}
                ]
                self.shown_persons.append(person)
            elif place < 9:  # noqa: PLR2004 - in pictures too, but nobody asked them about all photos
                self.unasked_persons.append(person)
            out.append(self.put("person", own, fields, person))
            contact = {
                "person": person,
                "partner": self.partners[partner],
                "function": demo_data.FUNCTIONS[place % len(demo_data.FUNCTIONS)],
                "phones": [{"phone": "000 111 222" if partner == shown else f"94 000 {place:02} 10"}],
                "clause_given_on": self.day("2026-03-10").isoformat(),
                "legal_basis": "legitimate_interest",
            }
            out.append(self.put("contact", own, contact))
        return out

    def _talks(self) -> list[Change]:
        out = []
        own = self.organisations[0]
        about = {each.name: each.about for each in demo_data.SHOWN_PARTNERS}
        results = ("informed", "interested", "to_continue", "agreed")
        for place, (name, record) in enumerate(self.partners.items()):
            last = self._spoken[name]
            if not last:
                continue
            days = ["2026-03-10", last] if place % 3 else ["2026-03-10", "2026-05-19", last]
            for number, day in enumerate(days):
                newest = number == len(days) - 1
                subject = about.get(name) if newest else None
                talk = {
                    "date": self.day(day).isoformat(),
                    "channel": ("phone", "visit", "email", "meeting")[(place + number) % 4] if not newest else "phone",
                    "subject": subject or demo_data.SUBJECTS[(place + number * 3) % len(demo_data.SUBJECTS)],
                    "partners": [record],
                    "result": results[(place + number) % 4],
                    "topics": [{"topic": _TOPICS[(place + number) % 4]}],
                    "duration_min": 15 + 5 * (place % 4),
                }
                out.append(self.put("interaction", own, talk))
        return out

    def _earlier(self) -> list[Change]:
        """Events of all testers from March to September, one or two on a working day."""
        out = []
        names = [each for each in self.partners if self._spoken[each] and each != "Pieczarkarnia „Jutrzenka”"]
        names = [each for each in names if each != "Sklep „Pod Kasztanem”"]
        first = self.day("2026-03-02")
        for place in range(_MOST_EARLIER):
            title, kind, venue = demo_data.EARLIER[place % len(demo_data.EARLIER)]
            locality = demo_data.LOCALITIES[place * 3 % len(demo_data.LOCALITIES)]
            organisation = self.organisations[place % len(self.organisations)]
            day = first + timedelta(days=place * 211 // _MOST_EARLIER)
            women, men = 4 + self._rng.randint(0, 9), 3 + self._rng.randint(0, 7)
            fields = self._event_fields(title, kind, "held", day, venue, locality, organisation, (women, men), place)
            fields["partners"] = [
                self.partners[names[(place * 7 + step) % len(names)]] for step in range(1 + place % 3)
            ]
            out.append(self.put("event", organisation, fields))
        return out

    def _event_fields(
        self, title: str, kind: str, status: str, day: date, venue: str, locality: str, organisation: str,
        people: tuple[int, int], place: int,
    ) -> dict[str, Any]:  # fmt: skip
        fields: dict[str, Any] = {
            "title": title,
            "kind": kind,
            "status": status,
            "date": day.isoformat(),
            "start": ("10:00", "16:00", "9:00".rjust(5, "0"))[place % 3],
            "end": ("12:00", "18:30", "11:30")[place % 3],
            "place_name": venue,
            "locality": locality,
            "gmina": demo_data.GMINAS[locality],
            "lead_organiser": organisation,
        }
        if status != "held":
            return fields
        women, men = people
        pwd_f, pwd_m = max(1, women // 3), max(1, men // 3)
        fields["participants"] = {
            "pwd": {"f": pwd_f, "m": pwd_m},
            "ngo_staff": {"f": women - pwd_f - (women > 4), "m": men - pwd_m - (men > 4)},  # noqa: PLR2004
            "employer": {"f": int(women > 4), "m": int(men > 4)},  # noqa: PLR2004
        }
        fields["of_which"] = {"rural": {"f": women // 2, "m": men // 2}, "over_50": {"f": women // 4, "m": men // 4}}
        fields["counted_by"] = "list"
        fields["signatures_count"] = women + men
        fields["course"] = demo_data.COURSES[place % len(demo_data.COURSES)]
        fields["summary"] = "Mieszkańcy i organizacje spotkali się, aby łatwiej było o pracę i praktyki."
        fields["topics"] = [
            {
                "topic": topic,
                "depth": _DEPTHS[(place + step) % 3],
                "audience": sorted(_AUDIENCES[(place + step) % len(_AUDIENCES)]),
            }
            for step, topic in enumerate(_TOPICS[: 1 + place % 4])
        ]
        return fields

    def _shown(self) -> list[Change]:
        """The twelve events of picture 04, newest last so that their codes rise with their dates."""
        out = []
        own = self.organisations[0]
        for place, each in enumerate(reversed(demo_data.SHOWN_EVENTS)):
            fields = self._event_fields(
                each.title, each.kind, each.status, self.day(each.date), each.place, each.locality, own, each.people,
                place,
            )  # fmt: skip
            fields["partners"] = [self.partners[name] for name in each.partners]
            record = self.events[each.date] = self.new_id()
            self._special(each, fields)
            out.append(self.put("event", own, fields, record, ready=each.ready))
            if each.people != (0, 0):
                self.pictured.append((record, 6 if each.date == "2026-11-18" else 3))
        self.pictured = self.pictured[-_PICTURED:]
        return out

    def _special(self, each: demo_data.Event, fields: dict[str, Any]) -> None:
        """What single events of the picture show: errors, warnings, what their files hold."""
        fields |= demo_events.fields(self, each.date)
        if each.date == "2026-11-27":
            fields |= {"start": "16:00", "end": "15:30", "kind": None}
        if each.date == "2026-11-05":
            fields |= {"signatures_count": 16, "difference_note": "Dwie osoby nie mogły podpisać listy."}
        if each.date != "2026-11-18":
            return
        fields |= {
            "start": "16:00",
            "end": "18:30",
            "street": "ul. Zmyślona 4",
            "host": self.partners["OSP Lipniki Wzorcowe"],
            "signatures_count": 24,
            "participants": {
                "pwd": {"f": 5, "m": 4},
                "ngo_staff": {"f": 6, "m": 2},
                "employer": {"f": 1, "m": 2},
                "institution": {"f": 2, "m": 1},
                "local_government": {"f": 1, "m": 2},
            },
            "topics": [
                {
                    "topic": "T1",
                    "depth": "presented",
                    "audience": ["employer", "pwd"],
                    "aspects": ["benefits", "use"],
                },
                {"topic": "T2", "depth": "mentioned", "audience": ["ngo_staff"]},
                {"topic": "T3", "depth": "workshop", "audience": ["employer", "institution"]},
            ],
            "course": "Straż pokazała trasę busa. Dziewięć osób ma dojazd na praktyki od 3 grudnia.",
            "quotes": "„Pierwszy raz mogę dojechać sama”.",
            "difficulties": "Trzy osoby nie mogą jechać busem bez asystenta.",
        }
