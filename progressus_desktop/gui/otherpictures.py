"""Pictures of pages the sample project does not show: first run, unlocking, empty lists, an exchange, a question."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from progressus_desktop.gui.main import Program
from progressus_desktop.gui.pictures import dress, looks
from progressus_desktop.services import applying, inviting, packing, records, workspaces
from progressus_desktop.services.demo import PASSWORD
from progressus_desktop.store.workspace import Workspace

_STEPS = ("role", "organisation", "password", "sheet", "backup", "look", "restore", "join")
_EMPTY = (
    "event", "partner", "cluster", "task", "observation", "indicator", "monthly_report", "exchange", "bin", "retention",
)  # fmt: skip
_PROJECT = {"name": "Krok", "short_code": "KROK", "date_from": "2026-01-01", "date_to": "2027-12-31"}
_ORGANISATION = "Stowarzyszenie „Dobra Łąka”"
Pages = Callable[[], Iterator[str]]


def steps(program: Program, target: Path) -> Iterator[Path | None]:
    """Bring page after page into sight, each in every look; gives the file it is to be painted into."""
    program.leave(lock=False)
    yield None  # its pages are gone before the next look reaches them
    with tempfile.TemporaryDirectory() as place:
        office, tester, stick = _laptops(program, Path(place))
        program.show_first()
        yield from _in_every_look(program, target, lambda: _first_run(program))
        program.show_unlock([tester.folder])
        yield from _in_every_look(program, target, lambda: _unlock(program))
        program.enter(tester)
        yield from _in_every_look(program, target, lambda: _empty(program))
        _both_change(tester, office, stick)
        program.settings.change(exchange_folder=str(stick))
        yield from _exchange(program, target)
        program.leave(lock=False)
        yield None
        office.close()


def _in_every_look(program: Program, target: Path, pages: Pages) -> Iterator[Path | None]:
    for look in looks():
        dress(program, look)
        yield None
        for name in pages():
            yield target / f"{name}-{look.name}.png"


def _first_run(program: Program) -> Iterator[str]:
    page: Any = program.first
    for number, name in enumerate(_STEPS):
        page._show(number)  # noqa: SLF001 - the steps one after another, with nothing filled in
        yield f"first-run-{number + 1}-{name}"
    page._show(0)  # noqa: SLF001 - as above


def _unlock(program: Program) -> Iterator[str]:
    page: Any = program.unlock
    page.fail("")
    yield "unlock"
    page.forgot_button.click()
    yield "unlock-forgotten"
    page.sheet_button.click()
    page.show_workspaces([page.folder], 15)


def _empty(program: Program) -> Iterator[str]:
    session = program.session
    if session is None:
        return
    for name in _EMPTY:
        session.shell.go(name)
        yield f"empty-{name}"
    session.shell.go("event").show_photos()
    yield "empty-photos"
    session.shell.go("event").show_list()


def _exchange(program: Program, target: Path) -> Iterator[Path | None]:
    """What a stick holds, the summary once it is read, and the value of which there are two versions."""
    session = program.session
    if session is None:
        return
    page: Any = session.shell.go("exchange")
    page.exchanger.look()
    yield from _in_every_look(program, target, lambda: iter(("exchange-found",)))
    page.exchanger.run()
    while program.jobs.running():
        yield None
    yield from _in_every_look(program, target, lambda: iter(("exchange-summary",)))
    session.shell.go("versions")
    yield from _in_every_look(program, target, lambda: iter(("versions-question",)))


def _laptops(program: Program, place: Path) -> tuple[Workspace, Workspace, Path]:
    """An office, a tester's workspace that joined it, and a stick."""
    stick = place / "pendrive"
    stick.mkdir()
    office = workspaces.create(
        place / "office", PASSWORD, program.clock, role="office", project=_PROJECT | {"leader_name": "Fundacja „Krok”"},
        org="Biuro projektu", user="Ola Biurowa",
    )  # fmt: skip
    setup = place / "plik.progressus-setup"
    made = inviting.invite(office, _ORGANISATION, setup)
    tester = inviting.join(setup, made.code, "Anna Przykładowa", place / "tester", PASSWORD, program.clock)
    return office, tester, stick


def _both_change(tester: Workspace, office: Workspace, stick: Path) -> None:
    """A partner both know is changed on both laptops; the office adds a task, and its package lies on the stick."""
    about = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Nowiny Testowe", "phone": "94 374 00 00"}
    partner = records.save(tester, "partner", None, about, draft=False).id
    for source, other in ((tester, office), (office, tester), (tester, office)):
        applying.apply(other, [each.file for each in packing.pack(source, stick.parent / "posted")])
    records.save(tester, "partner", partner, {"phone": "94 374 00 11", "members": 24}, draft=False)
    event = {"title": "Warsztat CV", "kind": "workshop", "status": "held", "date": "2026-10-17"}
    records.save(tester, "event", None, event, draft=True)
    records.save(office, "partner", partner, {"phone": "94 374 00 22", "members": 21}, draft=False)
    task = {"what": "Opisać przykład dowozu", "due": "2026-12-15", "record": partner}
    records.save(office, "task", None, task, draft=False)
    packing.pack(office, stick)
