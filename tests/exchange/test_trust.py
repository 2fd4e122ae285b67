"""A package can do no more than its signer may, goes to nobody else, and says nothing that should stay at home."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.domain.framing import Box, Frame, Mask
from progressus_desktop.errors import AccessError, DamagedError
from progressus_desktop.exchange import peers
from progressus_desktop.exchange.peers import Peer
from progressus_desktop.exchange.refusals import Reason
from progressus_desktop.services import applying, counterparts, inviting, packing, photos, records, standing
from progressus_desktop.store import check, media, query, receiving
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.exchange.laptops import NOW, PASSWORD, a_tester, send, swap
from tests.exchange.trips import (
    a_change,
    a_partner,
    a_picture,
    an_event,
    field,
    forge,
    opened,
    pack,
    passed_on,
    refused,
    shown,
    take,
)

CANARY = "Kanarek w szkicu"


def waiting(ws: Workspace) -> list[str]:
    """Why changes wait in quarantine."""
    return [row[0] for row in ws.connection.exec_driver_sql("SELECT reason FROM quarantine ORDER BY rowid")]


# -- who may read and write --------------------------------------------------------------------------------


def test_a_package_for_somebody_else_is_refused(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Inne")
    send(other, office, tmp_path / "a")
    (file,) = pack(office, other, tmp_path / "b")
    failure = refused(tester, file).failure
    assert isinstance(failure, AccessError)
    assert failure.reason == Reason.OUTER_NO_KEY
    other.close()


def test_a_package_that_was_passed_on_is_refused(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Inne")
    a_partner(tester)
    (file,) = pack(tester, office, tmp_path / "a")
    failure = refused(other, passed_on(file, office, other, tmp_path / "passed.progressus")).failure
    assert isinstance(failure, DamagedError)
    assert failure.reason == Reason.RECIPIENTS
    other.close()


def test_a_setup_file_works_for_one_laptop(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    made = inviting.invite(office, "KGW Drugie", tmp_path / "setup")
    first, second = (
        inviting.join(tmp_path / "setup", made.code, "Ewa Nowa", tmp_path / name, PASSWORD, FixedClock(NOW))
        for name in ("first", "second")
    )
    event = an_event(second)
    photo = photos.add(second, event, a_picture(1), "Mapa", further={"people_shown": "nobody"})
    records.mark_ready(second, "photo", photo)
    take(office, pack(first, office, tmp_path / "a"))
    failure = refused(office, pack(second, office, tmp_path / "b")[0]).failure
    assert isinstance(failure, AccessError)
    assert failure.exit_code == 4
    first.close()
    second.close()


def test_a_package_of_another_project_is_refused(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path)
    tester.set_setting("project", uuid.uuid4().bytes.hex())
    assert isinstance(refused(office, pack(tester, office, tmp_path / "b")[0]).failure, DamagedError)


def test_a_laptop_that_calls_itself_the_office_is_refused(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Inne")
    swap(other, office, tmp_path)
    swap(tester, office, tmp_path)
    with receiving.transaction(tester) as connection:
        (known,) = [each for each in peers.every(connection) if each.name == "KGW Inne"]
        liar = Peer(known.number, "Biuro", "office", "office", known.sign_key, known.age_key, other.replica.id)
        peers.save(connection, liar)
    assert isinstance(refused(tester, forge(other, tester, tmp_path / "f.progressus", [])).failure, AccessError)
    other.close()


def test_a_tester_writes_to_the_office_and_to_laptops_of_its_own_organisation_only(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    same, other = a_tester(office, tmp_path / "same"), a_tester(office, tmp_path / "other", "KGW Inne")
    for ws in (same, other, tester):
        swap(ws, office, tmp_path)
    a_partner(tester, CANARY)
    written = packing.pack(tester, tmp_path / "b")
    assert {each.to for each in written} == {"Fundacja Biuro", "Stowarzyszenie Krokus"}
    with receiving.transaction(tester, keep=False) as connection:
        from progressus_desktop.exchange import outgoing

        (stranger,) = [each for each in peers.every(connection) if each.name == "KGW Inne"]
        assert outgoing.select(connection, counterparts.me(tester), stranger).empty
    same.close()
    other.close()


# -- what a signer may write -------------------------------------------------------------------------------


def test_what_a_tester_may_not_write_waits_in_quarantine(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path)
    other = str(uuid.uuid4())
    strange, mine, project = str(uuid.uuid4()), str(uuid.uuid4()), query.lookup(office).project()["id"]
    replica, own = tester.replica.id, tester.space
    person = tester.person
    changes = [
        a_change(replica, 101, "partner", strange, {"name": "KGW Cudze", "space": other}),
        a_change(replica, 102, "partner", strange, {"phone": "+48943740000"}),
        a_change(replica, 103, "project", project, {"name": "Przejęty"}),
        a_change(replica, 104, "user", person, {"role": "office"}),
        a_change(replica, 105, "partner", mine, {"name": "KGW Moje", "space": own, "entry": "ready"}),
        a_change(replica, 106, "partner", mine, {"space": other}),
        a_change(replica, 107, "event", mine, {"title": "Inny rodzaj zapisu"}),
    ]
    (done,) = take(office, [forge(tester, office, tmp_path / "f.progressus", changes)]).packages
    assert done.waiting == 6
    assert waiting(office) == [
        "other-space", "other-space", "office-record", "office-field", "other-space", "other-type",
    ]  # fmt: skip
    assert query.get(office, "partner", strange) is None
    assert query.lookup(office).project()["name"] != "Przejęty"
    assert field(office, "partner", mine, "name") == "KGW Moje"
    again = applying.apply(office, [forge(tester, office, tmp_path / "g.progressus", changes)])
    assert [(each.state, each.waiting) for each in again.packages] == [(applying.KNOWN, 0)]
    assert len(waiting(office)) == 6


def test_quarantine_is_looked_at_again_when_the_office_gave_the_record_away(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path)
    partner = a_partner(office, "KGW Przekazane")
    change = a_change(tester.replica.id, 101, "partner", partner, {"phone": "+48943740000"})
    take(office, [forge(tester, office, tmp_path / "f.progressus", [change])])
    assert waiting(office) == ["other-space"]
    write(office, "partner", {"space": tester.space}, partner)
    take(office, pack(tester, office, tmp_path / "b"))
    assert len(waiting(office)) == 1, "nothing new came that could have changed it"
    a_partner(tester, "OSP Nowa")
    take(office, pack(tester, office, tmp_path / "c"))
    assert waiting(office) == []
    assert field(office, "partner", partner, "phone") == "+48943740000"


def test_a_decision_of_the_office_reaches_each_laptop_from_the_office_alone(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    same = a_tester(office, tmp_path / "same")
    for ws in (same, tester, same):
        swap(ws, office, tmp_path)
    write(office, "user", {"date_from": "2026-02-01"}, tester.person)
    swap(office, tester, tmp_path)
    assert field(tester, "user", tester.person, "date_from") == "2026-02-01"
    (done,) = take(same, pack(tester, same, tmp_path / "b")).packages
    assert done.waiting == 0
    assert waiting(same) == []
    send(office, same, tmp_path / "c")
    assert field(same, "user", tester.person, "date_from") == "2026-02-01"
    same.close()


@pytest.mark.parametrize(
    "keys", [{"date": {"deep": [1, {"x": None}]}}, {"topics/T1": 7}, {"participants": "many"}, {"title": 2**60}]
)
def test_values_of_another_kind_come_in_and_break_nothing(
    office: Workspace, tester: Workspace, tmp_path: Path, keys: dict[str, Any]
) -> None:
    swap(tester, office, tmp_path)
    record = str(uuid.uuid4())
    given = {"title": "Warsztat", "space": tester.space, "entry": "ready"} | keys
    take(office, [forge(tester, office, tmp_path / "f", [a_change(tester.replica.id, 101, "event", record, given)])])
    assert query.get(office, "event", record) is not None
    assert check.check(office).ok
    send(office, tester, tmp_path / "b")


@pytest.mark.parametrize("broken", [b"\x80", b"\xa0", b"\x8b" + b"\x00" * 11])
def test_a_body_that_is_no_change_is_refused_whole(
    office: Workspace, tester: Workspace, tmp_path: Path, broken: bytes
) -> None:
    from progressus_desktop.store.changes import change_id

    swap(tester, office, tmp_path)
    good = a_change(tester.replica.id, 101, "partner", str(uuid.uuid4()), {"name": "KGW", "space": tester.space})
    bad = (change_id(tester.replica.id, 102, broken), broken)
    failure = refused(office, forge(tester, office, tmp_path / "f.progressus", [good, bad])).failure
    assert isinstance(failure, DamagedError)
    assert failure.reason == Reason.BODY_SHAPE


def test_an_author_that_is_no_id_is_refused(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    swap(tester, office, tmp_path)
    bad = a_change(tester.replica.id, 101, "partner", str(uuid.uuid4()), {"name": "KGW"}, author=b"Anna")
    failure = refused(office, forge(tester, office, tmp_path / "f.progressus", [bad])).failure
    assert isinstance(failure, DamagedError)


def test_what_a_newer_version_wrote_is_passed_on_bit_for_bit(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    same = a_tester(office, tmp_path / "same")
    swap(tester, office, tmp_path)
    swap(same, office, tmp_path)
    own, record = tester.space, str(uuid.uuid4())
    changes = [
        a_change(tester.replica.id, 101, "partner", record, {"name": "KGW", "space": own, "entry": "ready",
                 "colour": "blue", "shapes/x": {"round": True}}, extra={"why": {"new": [1]}}),
        a_change(tester.replica.id, 102, "tomorrow", str(uuid.uuid4()), {"space": own, "entry": "ready", "a": 1}),
        a_change(tester.replica.id, 103, "partner", record, {"name": "KGW Nowe"}, kind="split"),
    ]  # fmt: skip
    take(office, [forge(tester, office, tmp_path / "f.progressus", changes)])
    (file,) = pack(office, same, tmp_path / "b")
    take(same, [file])
    held = {bytes(row[0]): bytes(row[1]) for row in same.connection.exec_driver_sql("SELECT id, body FROM log_change")}
    assert dict(changes).items() <= held.items()
    same.close()


# -- what stays at home ------------------------------------------------------------------------------------


def test_drafts_stay_at_home_and_so_does_what_was_mistyped_in_them(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    draft = records.add_many(tester, "event", [{"title": CANARY}], draft=True)[0]
    partner = records.save(tester, "partner", None, {"name": CANARY}).id
    depending = records.save(tester, "contact", None, {"partner": partner, "person": {"last_name": "Zwykła"}}).id
    (file,) = pack(tester, office, tmp_path / "a")
    assert CANARY.encode() not in opened(file, office)
    held = {(each.record, each.why) for each in standing.standings(tester)[0].held_back}
    assert {(draft, "draft"), (partner, "draft"), (depending, "partner")} <= held
    take(office, [file])
    records.save(tester, "partner", partner, {"name": "KGW Poprawne"})
    records.save(tester, "partner", partner, {"kind": "kgw", "locality": "Wzorów"}, draft=False)
    (file,) = pack(tester, office, tmp_path / "b")
    take(office, [file])
    assert CANARY.encode() not in opened(file, office)
    assert field(office, "partner", partner, "name") == "KGW Poprawne"
    assert query.get(office, "contact", depending) is not None
    assert query.get(office, "event", draft) is None
    assert office.connection.exec_driver_sql("SELECT count(*) FROM presup").scalar(), "the gap is known as one"
    send(office, tester, tmp_path / "c")
    assert standing.standings(tester)[0].to_send == 0


def test_drafts_go_to_another_laptop_of_the_same_organisation(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    same = a_tester(office, tmp_path / "same")
    for ws in (same, tester, same):
        swap(ws, office, tmp_path)
    draft = records.add_many(tester, "event", [{"title": CANARY}], draft=True)[0]
    take(same, pack(tester, same, tmp_path / "b"))
    assert field(same, "event", draft, "title") == CANARY
    records.save(same, "event", draft, {"locality": "Wzorów"})
    take(tester, pack(same, tester, tmp_path / "c"))
    assert shown(tester)[draft] == shown(same)[draft]
    same.close()


def test_a_photo_without_permission_stays_and_goes_once_it_has_one(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    event = an_event(tester)
    photo = photos.add(tester, event, a_picture(1), CANARY, further={"people_shown": "recognisable"})
    records.mark_ready(tester, "photo", photo)
    (file,) = pack(tester, office, tmp_path / "a")
    assert CANARY.encode() not in opened(file, office)
    take(office, [file])
    assert not media.wanted(office)
    records.save(tester, "photo", photo, {"people_shown": "nobody"}, draft=False)
    (file,) = pack(tester, office, tmp_path / "b")
    take(office, [file])
    (copy,) = media.wanted(office)
    assert media.exists(office, copy)
    original = field(tester, "photo", photo, "original")
    assert not media.exists(office, original), "the original stays in its organisation"


def test_a_photo_goes_once_everybody_on_it_agreed_or_is_masked(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    event = an_event(tester)
    given = {"purpose": "image:all", "state": "given"}
    rows: list[dict[str, Any]] = [{"last_name": "Zgodna", "consents": [given]}, {"last_name": "Niepytana"}]
    people = records.add_many(tester, "person", rows)
    further = {"people_shown": "recognisable", "people_count": 1, "persons": people[:1]}
    agreed = photos.add(tester, event, a_picture(1), "Mapa", further=further)
    both = photos.add(
        tester, event, a_picture(2), "Mapa", further=further | {"people_count": 2, "persons": sorted(people)}
    )
    take(office, pack(tester, office, tmp_path / "a"))
    assert query.get(office, "photo", agreed) is not None
    assert query.get(office, "photo", both) is None
    photos.frame(tester, both, Frame(None, (Mask(Box(100, 100, 300, 300), people[1]),)))
    take(office, pack(tester, office, tmp_path / "b"))
    assert media.exists(office, field(tester, "photo", both, "shared_copy"))
    assert not media.exists(office, field(tester, "photo", both, "original"))


def test_one_organisation_sees_nothing_of_another(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    other = a_tester(office, tmp_path / "other", "KGW Inne")
    for ws in (tester, other):
        swap(ws, office, tmp_path)
    partner = a_partner(tester, CANARY, phone="+48943740000")
    an_event(tester, CANARY, partners=[partner])
    records.save(tester, "interaction", None, {
        "date": "2026-05-11", "channel": "phone", "partners": [partner], "subject": CANARY, "result": "informed",
    }, draft=False)  # fmt: skip
    a_partner(office, f"{CANARY} biura")
    swap(tester, office, tmp_path)
    (file,) = pack(office, other, tmp_path / "b")
    inside = opened(file, other)
    assert CANARY.encode() not in inside
    assert tester.person.replace("-", "").encode() not in inside
    assert uuid.UUID(tester.person).bytes not in inside
    other.close()


def test_a_contact_at_an_organisation_of_the_office_goes_at_once(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    leader = query.lookup(tester).project()["leader"]
    contact = records.save(
        tester, "contact", None, {"partner": leader, "person": {"last_name": "Zwykła"}}, draft=False
    ).id
    send(tester, office, tmp_path)
    assert query.get(office, "contact", contact) is not None
