"""Laptops for tests: an office and testers, each in a folder of its own, with real packages between them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from progressus_desktop.clock import FixedClock
from progressus_desktop.services import applying, inviting, packing, workspaces
from progressus_desktop.services.applying import Import
from progressus_desktop.store.workspace import Workspace

PASSWORD = "paczka na pendrivie"
NOW = datetime.fromisoformat("2026-05-12T10:00:00+02:00")
PROJECT = {"name": "Progressus", "short_code": "PRG", "date_from": "2026-01-01", "date_to": "2027-12-31"}


def an_office(folder: Path) -> Workspace:
    return workspaces.create(
        folder, PASSWORD, FixedClock(NOW), role="office", project=PROJECT | {"leader_name": "Fundacja Biuro"},
        org="Fundacja Biuro", user="Ola Biurowa",
    )  # fmt: skip


def a_tester(office: Workspace, folder: Path, organisation: str = "Stowarzyszenie Krokus") -> Workspace:
    """A tester's laptop that joined with a setup file of the office."""
    setup = folder.with_suffix(".setup")
    made = inviting.invite(office, organisation, setup)
    return inviting.join(setup, made.code, "Anna Testowa", folder, PASSWORD, FixedClock(NOW))


def send(source: Workspace, target: Workspace, stick: Path) -> Import:
    """Write a package for ``target`` and read it there."""
    label = f"{target.replica.prefix}{target.replica.letter}"
    known = [each for each in packing.counterparts_of(source) if each.label == label]
    made = packing.pack(source, stick, to=known[0].label)
    done = applying.apply(target, [each.file for each in made])
    for each in done.packages:
        if each.failure is not None:
            raise each.failure
    return done


def swap(one: Workspace, other: Workspace, stick: Path) -> None:
    """There and back, so that both know what arrived."""
    send(one, other, stick)
    send(other, one, stick)
    send(one, other, stick)
