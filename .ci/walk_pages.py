"""Walk every page of the running window through the real accessibility bus (AT-SPI).

Started by `make walk` with the system's Python, which owns python3-gi, under a private D-Bus session. For each page it
checks that every control a person operates has an accessible name and can be reached with Tab, prints a line a page, and
exits with 1 if any is unnamed or unreachable.
"""

from __future__ import annotations

import argparse
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

ROOT = Path(__file__).resolve().parent.parent
STATE = Atspi.StateType
OPERATED = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "password text", "spin button",
    "slider", "table", "tree", "tree table", "list", "list box", "page tab list", "entry", "link", "calendar",
}  # fmt: skip
DEEP = {"table", "tree", "tree table", "list", "list box"}

TOOLS = ("coverage", "observations", "offers", "indicators", "project", "talking points", "texts of lists")


def in_menu(opens: str, downs: int) -> tuple[str, ...]:
    """Keys to an item of a menu; the arrows pass over what cannot be chosen."""
    return opens, "wait:0.4", *("Down",) * downs, "Return", "wait:2"


TO_EVENTS = ("ctrl+2", "wait:1", "Escape", "wait:1", "Escape", "wait:1")
"""The list, from wherever that page was left."""
PERSON = ("Home", *("Down",) * 11, "Return", "wait:3")
"""The office's person among those of the demo."""
SHOWS = {
    "coverage": "Tematy i odbiorcy", "observations": "Obserwacje", "offers": "Oferty", "indicators": "Wskaźniki",
    "project": "Dane projektu", "talking points": "Teksty „Co powiedzieć?”", "texts of lists": "Teksty list",
    "versions": "Dwie wersje", "bin": "Kosz", "all prints": "Karta wydarzenia", "photos": "Drukuj formularz zgody",
    "who works now": "Kto teraz pracuje?", "office: overview": "Przegląd", "office: testers": "Zaproś testera",
    "office: reports": "Sprawozdania", "office: packages": "Wczytaj paczki", "first run": "Kim jesteś?",
}  # fmt: skip
"""What a page has to show, so that no other one is taken for it."""

# page name, keys that lead there from the page before
TOUR = (
    ("dashboard", ("wait:4",)),
    ("events list", ("ctrl+2", "wait:2")),
    ("event form 1", ("ctrl+2", "Return", "wait:2")),
    *((f"event form {n}", ("ctrl+Next", "wait:0.5")) for n in range(2, 8)),
    ("event history", ("ctrl+h", "wait:1")),
    ("partners list", ("ctrl+3", "wait:1")),
    ("partner form 1", ("ctrl+3", "Return", "wait:2")),
    *((f"partner form {n}", ("ctrl+Next", "wait:0.5")) for n in range(2, 8)),
    ("clusters", ("ctrl+4", "wait:1")),
    ("tasks", ("ctrl+5", "wait:1")),
    ("report of the month", ("ctrl+6", "wait:3")),
    ("exchange", ("ctrl+7", "wait:2")),
    ("settings", ("ctrl+8", "wait:1")),
    *((name, in_menu("alt+n", downs)) for downs, name in enumerate(TOOLS)),
    ("versions", in_menu("alt+n", 8)),
    ("bin", in_menu("alt+n", 9)),
    ("all prints", (*TO_EVENTS, *in_menu("alt+p", 2))),
    ("photos", (*TO_EVENTS, *in_menu("alt+i", 3))),
    ("search everywhere", ("ctrl+2", "ctrl+k", "type:wars", "wait:1")),
    ("who works now", ("Escape", "wait:3", *in_menu("alt+n", 10), "wait:2")),
    ("office: overview", ("Escape", "wait:1", *in_menu("alt+n", 10), *PERSON, "ctrl+1", "wait:3")),
    ("office: testers", ("ctrl+2", "wait:2")),
    ("office: reports", ("ctrl+7", "wait:2")),
    ("office: packages", ("ctrl+8", "wait:2")),
    ("unlock", ("Escape", "ctrl+shift+l", "wait:3")),
)
FIRST = (("first run", ("wait:4",)),)
"""Without a workspace."""


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


def words(node: Atspi.Accessible) -> Iterator[str]:
    """All names that are shown."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is None or not child.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield (child.get_name() or "").strip()
        if child.get_role_name() not in DEEP:
            yield from words(child)


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


def press(step: str) -> None:
    verb, _, value = step.partition(":")
    if verb == "wait" and value:
        time.sleep(float(value))
    elif verb == "type" and value:
        subprocess.run(["xdotool", "type", "--delay", "30", value], check=True)
    else:
        subprocess.run(["xdotool", "key", step], check=True)
        time.sleep(0.15)


def examine(app: Atspi.Accessible, *, covered: bool) -> tuple[list[str], list[str], list[str]]:
    """The controls, the unnamed ones, the ones Tab does not reach."""
    seen = list(controls(app))
    window = next((c.path[:1] for c in seen if c.focused), None)
    if window is not None:  # Tab stays in its window: a dialog covers the one behind it
        seen = [c for c in seen if c.path[:1] == window]
    if covered:  # the card of the search lies over the page (field in card in cover): what is below waits until Esc
        focus = [c.path for c in seen if c.focused][-1]
        seen = [c for c in seen if c.path[: len(focus) - 2] == focus[:-2]]
    wanted = {c.path: c for c in seen if c.wanted}
    found = [f"{c.role} {c.name}" for c in wanted.values()]
    unnamed = [f"{c.role} at {'/'.join(map(str, c.path))}" for c in wanted.values() if not c.name]
    missing = set(wanted)
    for _ in range(3 * len(wanted) + 10):
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
    python = str(ROOT / ".venv/bin/python")
    with tempfile.TemporaryDirectory() as place:
        environment["PROGRESSUS_HOME"] = f"{place}/home"
        try:
            screen = ["Xvfb", environment["DISPLAY"], "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
            running.append(subprocess.Popen(screen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(1)
            running.append(subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL))
            time.sleep(0.5)
            window = [python, "-m", "progressus_desktop"]
            running.append(subprocess.Popen([*window, "demo", "--into", place], cwd=ROOT, env=environment))
            found = tour(running[-1].pid, TOUR, options.shots)
            demo = running.pop()
            demo.terminate()
            demo.wait(20)
            environment["PROGRESSUS_HOME"] = f"{place}/nobody"
            running.append(subprocess.Popen(window, cwd=ROOT, env=environment))
            return max(found, tour(running[-1].pid, FIRST, options.shots))
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(10)


def tour(pid: int, pages: tuple[tuple[str, tuple[str, ...]], ...], shots: Path | None) -> int:
    Atspi.init()
    app = application(pid, 30)
    if app is None:
        print("The window did not appear on the accessibility bus.")
        return 2
    time.sleep(1)
    failed = total = 0
    before: list[str] = []
    for page, keys in pages:
        for step in keys:
            press(step)
        if shots is not None:
            shots.mkdir(parents=True, exist_ok=True)
            target = shots / f"{page.replace(': ', '-').replace(' ', '-')}.png"
            subprocess.run(["scrot", "-o", str(target)], check=False)
        shown = set(words(app))
        found, unnamed, unreached = examine(app, covered=page == "search everywhere")
        total += len(found)
        failed += len(unnamed) + len(unreached)
        print(f"{page:20} {len(found):3} controls, {len(unnamed)} unnamed, {len(unreached)} unreachable", flush=True)
        if found == before:
            failed += 1
            print("    the keys did not lead to another page")
        if page in SHOWS and SHOWS[page] not in shown:
            failed += 1
            print(f"    this is not the page: it does not show “{SHOWS[page]}”")
        before = found
        for line in (*(f"unnamed: {u}" for u in unnamed), *(f"not reached: {u}" for u in unreached)):
            print(f"    {line}")
        # Tab has wandered: come back to the page's start for the next keys
        press("shift+F6")
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
