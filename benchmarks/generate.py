"""Makes a workspace with any number of records, the same for the same seed: events, partners and contacts.

Records go through the store's own commit, many changes at once, so the log, the tables, the search
index and the counters are what typing them one by one would have made.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from progressus_desktop.clock import FixedClock
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.values import to_keys
from progressus_desktop.services import workspaces
from progressus_desktop.store.changes import Change
from progressus_desktop.store.workspace import Workspace

PASSWORD = "generated workspace"  # noqa: S105 - the data are invented
START = datetime(2026, 11, 23, 11, 48, tzinfo=UTC)
BATCH = 20_000
SHARES = (("partner", 10), ("interaction", 20), ("event", 70))
"""Out of a hundred records."""

_FIRST = ["Spotkanie", "Warsztat", "Targi", "Dyżur", "Wizyta", "Szkolenie", "Konsultacje", "Debata", "Piknik", "Narada"]
_SECOND = [
    "klastra",
    "partnerów",
    "doradczyni",
    "pracodawców",
    "wolontariuszy",
    "rodzin",
    "sołtysów",
    "seniorów",
    "młodzieży",
    "KGW",
]
_THIRD = [
    "o",
    "dowozie",
    "w",
    "świetlicy",
    "nad",
    "rzeką",
    "przy",
    "bibliotece",
    "o",
    "stażach",
    "w",
    "remizie",
    "z",
    "gminą",
    "o",
    "pracy",
    "w",
    "terenie",
]
_ORGANISATIONS = [
    "OSP",
    "KGW",
    "Fundacja",
    "Stowarzyszenie",
    "Biblioteka",
    "Spółdzielnia",
    "GOPS",
    "PUP",
    "Szkoła",
    "Zakład",
]
_NAMES = [
    "Malwa",
    "Jutrzenka",
    "Źrebię",
    "Łąka",
    "Świt",
    "Żuraw",
    "Ćma",
    "Ósemka",
    "Ędward",
    "Lipa",
    "Dąb",
    "Sosna",
    "Klon",
    "Wierzba",
    "Ńuka",
]
_PLACES = ["Zmyślona", "Przykładów", "Lipniki", "Nowiny", "Wzorów", "Łękinia", "Źródła", "Święte", "Żabno", "Grzmiąca"]
_ORGANISATION_KINDS = [
    "osp",
    "kgw",
    "foundation",
    "association",
    "culture",
    "social_coop",
    "ops",
    "pup",
    "school",
    "employer",
]
_EVENT_KINDS = ["meeting", "workshop", "fair", "consultation", "study_visit"]
_STAGES = ["identified", "contacted", "talks", "declared", "agreement", "active", "paused"]
_CHANNELS = ["phone", "visit", "email"]


def _id(rnd: random.Random) -> str:
    return str(uuid.UUID(int=rnd.getrandbits(128), version=4))


def _partner(rnd: random.Random, number: int, own: str) -> dict[str, Any]:
    return {
        "name": f"{rnd.choice(_ORGANISATIONS)} „{rnd.choice(_NAMES)}” {rnd.choice(_PLACES)} {number}",
        "kind": rnd.choice(_ORGANISATION_KINDS),
        "locality": rnd.choice(_PLACES),
        "phone": f"+4894374{rnd.randrange(10_000):04d}",
        "relations": [
            {
                "key": f"{rnd.getrandbits(32):08x}",
                "organisation": own,
                "stage": rnd.choice(_STAGES),
                "date": "2026-05-04",
            }
        ],
    }


def _event(rnd: random.Random, number: int, own: str, partners: list[str]) -> dict[str, Any]:
    day = date(2016, 1, 1) + timedelta(days=rnd.randrange(4300))
    women, men = rnd.randrange(30), rnd.randrange(30)
    return {
        "title": f"{rnd.choice(_FIRST)} {rnd.choice(_SECOND)} {rnd.choice(_THIRD)} {number}",
        "kind": rnd.choice(_EVENT_KINDS),
        "status": "held" if day < date(2026, 11, 23) else "planned",
        "date": day.isoformat(),
        "start": "16:00",
        "end": "18:30",
        "place_name": rnd.choice(("Świetlica", "Biblioteka", "Remiza", "Dom Ludowy", "Hala")),
        "locality": rnd.choice(_PLACES),
        "lead_organiser": own,
        "partners": sorted({rnd.choice(partners) for _each in range(2)}),
        "participants": {"pwd": {"f": women}, "ngo_staff": {"m": men}},
        "topics": [{"topic": rnd.choice(("T1", "T2", "T3", "T4")), "depth": "presented"}],
        "course": f"Omówiono {rnd.choice(_SECOND)} {rnd.choice(_THIRD)}, zapisano ustalenia.",
    }


def _interaction(rnd: random.Random, number: int, partners: list[str]) -> dict[str, Any]:
    day = date(2016, 1, 1) + timedelta(days=rnd.randrange(3900))
    return {
        "date": day.isoformat(),
        "channel": rnd.choice(_CHANNELS),
        "subject": f"rozmowa {rnd.choice(_THIRD)} {number}",
        "partners": [rnd.choice(partners)],
        "result": "informed",
    }


def _change(name: str, record_id: str, values: dict[str, Any]) -> Change:
    of = entity(name)
    keys: dict[str, tuple[Any, tuple[bytes, ...]]] = {"entry": ("ready", ())}
    for field, value in values.items():
        keys |= {key: (item, ()) for key, item in to_keys(of.field(field), value).items()}
    return Change("save", name, record_id, keys)


def changes(count: int, seed: int, own: str) -> Iterator[Change]:
    """``count`` changes, one per record; partners first, so that nothing refers to what is not there yet."""
    rnd = random.Random(seed)
    partners: list[str] = []
    for name, share in SHARES:
        for number in range(max(1, count * share // 100)):
            record_id = _id(rnd)
            if name == "partner":
                partners.append(record_id)
                values = _partner(rnd, number, own)
            elif name == "event":
                values = _event(rnd, number, own, partners)
            else:
                values = _interaction(rnd, number, partners)
            yield _change(name, record_id, values)


def generate(folder: Path, count: int, seed: int = 1) -> Workspace:
    """A new workspace in ``folder`` with about ``count`` records, left open."""
    clock = FixedClock(START)
    project = {"name": "Progressus", "short_code": "PRG", "date_from": "2016-01-01", "date_to": "2027-12-31"}
    ws = workspaces.create(
        folder,
        PASSWORD,
        clock,
        role="tester",
        project=project | {"leader_name": "Lider"},
        org="Stowarzyszenie Zmyślone",
        user="Anna Przykładowa",
    )
    gc.disable()
    try:
        batch: list[Change] = []
        done, started = 0, time.perf_counter()
        for change in changes(count, seed, ws.space):
            batch.append(change)
            if len(batch) == BATCH:
                ws.commit(batch, "table-import", f"table-import:event:{len(batch)}")
                done, batch = done + len(batch), []
                gc.collect()
                print(f"{done} records, {time.perf_counter() - started:.0f} s", file=sys.stderr)
        if batch:
            ws.commit(batch, "table-import", f"table-import:event:{len(batch)}")
    finally:
        gc.enable()
    return ws


def main() -> None:
    """Make a workspace from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.perf_counter()
    generate(given.folder, given.records, given.seed).close()
    print(f"{given.records} records in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
