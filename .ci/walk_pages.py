"""Walk every page of the running window through the real accessibility bus (AT-SPI).

Started by `make walk` with the system's Python, which owns python3-gi, under a private D-Bus session. For each page it
checks that every control a person operates has an accessible name and can be reached with Tab, prints a line a page, and
exits with 1 if any is unnamed or unreachable.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be asked for first
from walk_tour import ANSWER, FIRST, LONE, PASSWORD, TESTER, TOUR, Stop  # noqa: E402 - beside this file

ROOT = Path(__file__).resolve().parent.parent
STATE = Atspi.StateType
OPERATED = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "password text", "spin button",
    "slider", "table", "tree", "tree table", "list", "list box", "page tab list", "entry", "link", "calendar",
}  # fmt: skip
PATIENCE = 40
"""Seconds for a page on a busy machine."""
LARGEST_OF_FULL = 150
"""Percent; larger text has the compact layout on this screen."""
DEEP = {"table", "tree", "tree table", "list", "list box"}


@dataclass
class Control:
    path: tuple[int, ...]
    role: str
    name: str
    focused: bool
    wanted: bool


def controls(node: Atspi.Accessible, path: tuple[int, ...] = ()) -> Iterator[Control]:
    """Depth first; the cells of tables and lists are left out (a table may have a million)."""
    try:
        role, name = node.get_role_name(), node.get_name() or ""
        states = node.get_state_set()
        count = node.get_child_count()
    except GLib.Error:
        return
    if role == "combo box":  # Qt gives a combo box its current text as name: only a label counts
        name = label_of(node)
    wanted = role in OPERATED and all(states.contains(s) for s in (STATE.FOCUSABLE, STATE.SHOWING, STATE.ENABLED))
    yield Control(path, role, name.strip() or label_of(node), states.contains(STATE.FOCUSED), wanted)
    hidden = len(path) > 1 and not states.contains(STATE.VISIBLE)  # the other pages of the stack
    if role in DEEP or hidden or len(path) > 40:
        return
    for index in range(min(count, 500)):
        try:
            child = node.get_child_at_index(index)
        except GLib.Error:
            continue
        if child is not None:
            yield from controls(child, (*path, index))


def label_of(node: Atspi.Accessible) -> str:
    try:
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                return (relation.get_target(0).get_name() or "").strip()
    except GLib.Error:
        pass
    return ""


def application(pid: int, seconds: float) -> Atspi.Accessible | None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            try:
                found = desktop.get_child_at_index(index)
                if found is not None and found.get_process_id() == pid and found.get_child_count():
                    return found
            except GLib.Error:
                continue
        time.sleep(0.1)
    return None


def press(app: Atspi.Accessible, step: str, options: argparse.Namespace) -> None:
    compact = options.text > LARGEST_OF_FULL
    if compact and step.startswith("alt+"):  # the menus stand in the menu of the pages there
        subprocess.run(["xdotool", "key", "F10"], check=True)
        time.sleep(0.5)
        step = step.removeprefix("alt+")
    verb, _, value = step.partition(":")
    if verb == "wait" and value:
        time.sleep(float(value))
    elif verb == "do" and value:
        Atspi.Action.do_action(acting(app, value), 0)
        time.sleep(0.3)
    elif verb == "type" and value:
        words = value.replace("{place}", options.place)
        subprocess.run(["xdotool", "type", "--delay", "30", words], check=True)
    else:
        subprocess.run(["xdotool", "key", step], check=True)
        time.sleep(0.15)


def shown(node: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    """All that is shown, depth first."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None and child.get_state_set().contains(STATE.SHOWING):
            yield child
            if child.get_role_name() not in DEEP:
                yield from shown(child)


def acting(app: Atspi.Accessible, name: str) -> Atspi.Accessible:
    """The shown control of that name."""
    for _try in range(100):
        for node in shown(app):
            if (node.get_name() or "").strip() == name and node.get_role_name() in OPERATED:
                return node
        time.sleep(0.1)
    message = f"There is no “{name}” to press."
    raise SystemExit(message)


def arrived(app: Atspi.Accessible, word: str) -> bool:
    """Whether this word is shown, at once or after a busy machine came to it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if any(word in (node.get_name() or "") for node in shown(app)):
                return True
        except GLib.Error:
            pass  # the page was just taken away
        time.sleep(0.2)
    return False


def active(app: Atspi.Accessible) -> int | None:
    """The place of the window that has the keys."""
    windows = ((n, app.get_child_at_index(n)) for n in range(app.get_child_count()))
    return next((n for n, each in windows if each is not None and each.get_state_set().contains(STATE.ACTIVE)), None)


def examine(app: Atspi.Accessible, *, covered: bool) -> tuple[list[str], list[str], list[str]]:
    """The controls, the unnamed ones, the ones Tab does not reach."""
    seen = list(controls(app))
    window = active(app)
    if window is not None:  # Tab stays in its window: a dialog covers the one behind it
        seen = [c for c in seen if c.path[:1] == (window,)]
    if covered:  # the card of the search lies over the page (field in card in cover): what is below waits until Esc
        focus = [c.path for c in seen if c.focused][-1]
        seen = [c for c in seen if c.path[: len(focus) - 2] == focus[:-2]]
    wanted = {c.path: c for c in seen if c.wanted}
    found = [f"{c.role} {c.name}" for c in wanted.values()]
    unnamed = [f"{c.role} at {'/'.join(map(str, c.path))}" for c in wanted.values() if not c.name]
    missing = set(wanted)
    for _ in range(3 * len(wanted) + 100):  # a table of numbers has a stop in each cell
        for control in controls(app):
            if control.focused:
                # an inner editor or viewport stands for the control around it
                if (
                    control.role == "radio button"
                ):  # Tab goes to the chosen one, arrows to the others (tested in tests/gui)
                    missing -= {p for p in missing if wanted[p].role == control.role}
                missing -= {p for p in missing if control.path[: len(p)] == p or p[: len(control.path)] == control.path}
        if not missing:
            break
        subprocess.run(["xdotool", "key", "Tab"], check=True)
        time.sleep(0.05)
    return found, unnamed, [f"{wanted[p].role} {wanted[p].name!r}" for p in sorted(missing)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--display", default="94")
    parser.add_argument("--shots", type=Path, help="folder for a picture of each page")
    parser.add_argument("--text", type=int, default=100, help="size of text in percent")
    parser.add_argument("--theme", default="auto", help="auto, light, dark or contrast")
    parser.add_argument("--start", default="", help="go through the pages before without looking at them")
    parser.add_argument("--tours", default=",".join(TOURS), help="which windows to walk, by comma")
    options = parser.parse_args()
    running: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "DISPLAY": f":{options.display}",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_ACCESSIBILITY": "1",
        "QT_QPA_PLATFORM": "xcb",
        "LC_ALL": "C.UTF-8",
        "PROGRESSUS_NOW": "2026-11-23T11:48:00+01:00",
    }
    os.environ["DISPLAY"] = environment["DISPLAY"]
    with tempfile.TemporaryDirectory() as place:
        options.place = place
        environment["HOME"] = place  # what is saved by mistake goes with the folder
        try:
            screen = ["Xvfb", environment["DISPLAY"], "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
            running.append(subprocess.Popen(screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(1)
            running.append(subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL))
            time.sleep(0.5)
            if {"lone", "tester", "answer"} & set(options.tours.split(",")):
                make_workspaces(Path(place), environment)
            worst = 0
            for name in options.tours.split(","):
                arguments, stops = TOURS[name]
                home = Path(place, f"home-{name}")
                settings = home / "config" / "settings.toml"
                settings.parent.mkdir(parents=True, exist_ok=True)
                settings.write_text(f'theme = "{options.theme}"\ntext_scale = {options.text}\n', encoding="utf-8")
                command = [*PROGRAM, *(each.format(place=place) for each in arguments)]
                window = subprocess.Popen(command, cwd=ROOT, env=environment | {"PROGRESSUS_HOME": str(home)})
                running.append(window)
                worst = max(worst, tour(window.pid, stops, options))
                running.remove(window)
                window.terminate()
                window.wait(20)
            return worst
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(10)


PROGRAM = (str(ROOT / ".venv/bin/python"), "-m", "progressus_desktop")
TOURS: dict[str, tuple[tuple[str, ...], tuple[Stop, ...]]] = {
    "demo": (("demo", "--into", "{place}"), TOUR),
    "first": ((), FIRST),
    "lone": (("--workspace", "{place}/lone"), LONE),
    "tester": (("--workspace", "{place}/tester"), TESTER),
    "answer": (("--workspace", "{place}/office"), ANSWER),
}
"""Windows in the order of their walk: how each is started, and where it goes."""


def make_workspaces(place: Path, environment: dict[str, str]) -> None:
    """A lone tester's workspace, an office, and a tester's that joined it and is known there."""
    project = place / "project.json"
    about = {"name": "Spacer", "short_code": "SPA", "date_from": "2026-01-01", "date_to": "2026-12-31",
             "leader_name": "Lider"}  # fmt: skip
    project.write_text(json.dumps(about), encoding="utf-8")

    def run(name: str, *arguments: str) -> str:
        """By the laptop whose window is walked as ``name``."""
        asked = environment | {"PROGRESSUS_PASSWORD": PASSWORD, "PROGRESSUS_HOME": str(place / f"home-{name}")}
        command = [*PROGRAM, "--json", *arguments]
        return subprocess.run(command, cwd=ROOT, env=asked, check=True, stdout=subprocess.PIPE, text=True).stdout

    office, tester, lone = (str(place / name) for name in ("office", "tester", "lone"))
    for name, folder, role in (("answer", office, "office"), ("lone", lone, "tester")):
        run(name, "workspace", "create", folder, "--role", role, "--project", str(project), "--org", "Ścieżka",
            "--user", "Anna Próbna")  # fmt: skip
    setup, package = str(place / "plik.progressus-setup"), str(place / "paczka.progressus")
    code = json.loads(run("answer", "--workspace", office, "exchange", "invite", "--org", "Droga", "--out", setup))[
        "code"
    ]
    run("tester", "exchange", "join", setup, "--into", tester, "--code", code, "--user", "Jan Próbny")
    run("tester", "--workspace", tester, "exchange", "pack", "--out", package)
    run("answer", "--workspace", office, "exchange", "apply", package)


def tour(pid: int, pages: tuple[Stop, ...], options: argparse.Namespace) -> int:
    Atspi.init()
    app = application(pid, PATIENCE)
    if app is None:
        print("The window did not appear on the accessibility bus.")
        return 2
    time.sleep(1)
    failed = total = 0
    before: list[str] = []
    waiting = any(stop.page == options.start for stop in pages)
    for stop in pages:
        for step in stop.keys:
            press(app, step, options)
        here = arrived(app, stop.shows)
        time.sleep(0.5)
        if options.shots is not None:
            options.shots.mkdir(parents=True, exist_ok=True)
            target = options.shots / f"{stop.page.replace(': ', '-').replace(' ', '-')}.png"
            subprocess.run(["scrot", "-o", str(target)], check=False)
        waiting = waiting and stop.page != options.start
        if waiting:
            continue
        found, unnamed, unreached = examine(app, covered=stop.covered)
        total += len(found)
        print(
            f"{stop.page:24} {len(found):3} controls, {len(unnamed)} unnamed, {len(unreached)} unreachable", flush=True
        )
        lines = [*(f"unnamed: {u}" for u in unnamed), *(f"not reached: {u}" for u in unreached)]
        lines += [] if here else [f"this is not the page: it does not show “{stop.shows}”"]
        lines += ["the keys did not lead to another page"] if found == before else []
        failed += len(lines)
        before = found
        for line in lines:
            print(f"    {line}")
        if not stop.dialog:  # Tab has wandered: come back to the page's start for the next keys
            press(app, "shift+F6", options)
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
