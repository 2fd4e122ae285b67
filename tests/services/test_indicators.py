"""The figures of one tester count what that tester did, also with a partner that others work with too."""

from __future__ import annotations

from progressus_desktop.services import indicators
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, write


def test_letters_and_stages_count_for_the_tester_who_has_them(ws: Workspace) -> None:
    krokus, malwa = (a_partner(ws, name=name, in_project=True, entry="ready") for name in ("Krokus", "Malwa"))
    declared = {"organisation": krokus, "stage": "declared", "date": "2026-05-10", "key": "0000000a"}
    a_partner(ws, name="Zakład", kind="employer", entry="ready", space=malwa, relations=[declared])
    letter = {"kind": "letter_of_intent", "date": "2026-05-11", "key": "0000000b"}
    a_partner(ws, name="OSP Dąb", kind="osp", entry="ready", space=malwa, declarations=[letter])
    for rule in ("letters_of_intent", "employers_engaged"):
        write(ws, "indicator", {"code": rule, "name": rule, "unit": "organizacje", "rule": rule, "entry": "ready"})

    def counted(organisation: str) -> dict[str, int]:
        found = indicators.all_of(ws, "2026-05-01", "2026-05-31", organisation)
        return {each.rule: each.figure.value for each in found}

    assert counted("") == {"letters_of_intent": 2, "employers_engaged": 1}
    assert counted(krokus) == {"letters_of_intent": 1, "employers_engaged": 1}
    assert counted(malwa) == {"letters_of_intent": 1, "employers_engaged": 0}
