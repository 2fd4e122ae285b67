"""Packages between an office and its testers: lost, late, twice, out of order, split. Nothing is lost or doubled."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from progressus_desktop.services import applying, deciding, packing, photos, records, standing
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, send, swap
from tests.exchange.trips import a_partner, a_picture, an_event, content, field, pack, shown, take


def of_office(ws: Workspace) -> standing.Standing:
    return next(each for each in standing.standings(ws) if each.peer.role == "office")


def test_the_first_exchange_brings_what_is_ready_and_a_receipt_comes_back(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner, event = a_partner(tester, "OSP Lipniki"), an_event(tester)
    done = send(tester, office, tmp_path / "a")
    assert {("partner", partner), ("event", event)} <= set(done.records)
    assert shown(office)[partner] == shown(tester)[partner]
    sent = of_office(tester)
    assert (sent.confirmed, sent.to_send) == (0, sent.records)
    send(office, tester, tmp_path / "b")
    confirmed = of_office(tester)
    assert (confirmed.confirmed, confirmed.to_send) == (confirmed.records, 0)
    assert confirmed.records >= 3, "the partner, the event and the person who works there"


def test_a_replayed_package_brings_nothing_and_asks_nothing(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(tester)
    files = pack(tester, office, tmp_path)
    take(office, files)
    records.save(office, "partner", partner, {"phone": "+48943740000"}, draft=False)
    before = content(office)[:1] + content(office)[2:]
    (again,) = take(office, files).packages
    assert (again.state, again.new, again.changed, again.conflicts) == (applying.KNOWN, 0, 0, 0)
    assert content(office)[:1] + content(office)[2:] == before


def test_a_lost_file_heals_with_the_next_and_its_number_is_named(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    first = a_partner(tester, "OSP Pierwsza")
    pack(tester, office, tmp_path / "lost")
    second = a_partner(tester, "OSP Druga")
    take(office, pack(tester, office, tmp_path / "b"))
    assert {first, second} <= shown(office).keys()
    (seen,) = standing.standings(office)
    assert seen.missing_numbers == [1]
    send(office, tester, tmp_path / "c")
    assert of_office(tester).to_send == 0


def test_packages_out_of_order_end_in_the_same_state(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    partner = a_partner(tester)
    files = []
    for number in range(4):
        records.save(tester, "partner", partner, {"phone": f"+4894374000{number}"}, draft=False)
        files += pack(tester, office, tmp_path / str(number))
    for place in (2, 0, 3, 1):
        take(office, [files[place]])
    assert shown(office)[partner] == shown(tester)[partner]
    assert field(office, "partner", partner, "phone") == "+48943740003"
    assert not deciding.conflicts(office)
    send(office, tester, tmp_path / "back")
    assert of_office(tester).to_send == 0


def many(ws: Workspace, count: int, seed: int) -> list[str]:
    """Partners whose texts do not compress."""
    rng = random.Random(seed)
    rows = [
        {"name": f"OSP {rng.getrandbits(4000):x}"[:240], "kind": "osp", "locality": f"{rng.getrandbits(300):x}"}
        for _each in range(count)
    ]
    return records.add_many(ws, "partner", rows)


LIMIT = 150_000


def test_a_large_package_is_split_and_every_part_fits_the_mail(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partners = many(tester, 900, 1)
    event = an_event(tester)
    for number in range(4):
        photos.add(tester, event, a_picture(number), "Mapa", further={"people_shown": "nobody"})
    for each in query.newest(tester, "photo", 4):
        records.mark_ready(tester, "photo", each)
    files = pack(tester, office, tmp_path, most_bytes=LIMIT)
    assert len(files) >= 4
    assert max(file.stat().st_size for file in files) <= LIMIT
    rng = random.Random(7)
    rng.shuffle(files)
    for file in files:
        take(office, [file])
    assert set(partners) <= shown(office).keys()
    send(office, tester, tmp_path / "back")
    there = of_office(tester)
    assert (there.confirmed, there.to_send) == (there.records, 0)
    assert (there.attachments, there.attachments_confirmed) == (4, 4), "originals stay at home, copies travel"
    assert all(media.exists(office, sha) for sha in media.wanted(office))


@pytest.mark.parametrize("lost", [0, 1, -1])
def test_a_lost_part_of_a_split_package_confirms_nothing_it_did_not_bring(
    office: Workspace, tester: Workspace, tmp_path: Path, lost: int
) -> None:
    partners = many(tester, 900, 2)
    files = pack(tester, office, tmp_path / "a", most_bytes=LIMIT)
    assert len(files) >= 3
    del files[lost]
    take(office, files)
    send(office, tester, tmp_path / "b")
    assert of_office(tester).confirmed == 0
    take(office, pack(tester, office, tmp_path / "c"))
    assert set(partners) <= shown(office).keys()
    send(office, tester, tmp_path / "d")
    assert of_office(tester).to_send == 0


def test_of_lost_photos_only_the_lost_ones_are_sent_again(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    event = an_event(tester)
    for number in range(3):
        made = photos.add(tester, event, a_picture(number), "Mapa", further={"people_shown": "nobody"})
        records.mark_ready(tester, "photo", made)
    files = pack(tester, office, tmp_path / "a", most_bytes=180_000)
    assert len(files) >= 3
    take(office, [*files[:-2], files[-1]])
    send(office, tester, tmp_path / "b")
    assert of_office(tester).attachments_confirmed == 2
    again = packing.pack(tester, tmp_path / "c")
    assert [(each.attachments, each.changes) for each in again] == [(1, 0)]
    take(office, [each.file for each in again])
    send(office, tester, tmp_path / "d")
    assert packing.pack(tester, tmp_path / "e")[0].attachments == 0
    assert all(media.exists(office, sha) for sha in media.wanted(office))


def test_a_file_of_a_partner_travels_with_it(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    file = photos.add(tester, a_partner(tester), a_picture(1), caption="Deklaracja", further={"kind": "declaration"})
    records.mark_ready(tester, "photo", file)
    swap(tester, office, tmp_path)
    (come,) = query.linked(office, "photo", "partner", str(field(tester, "photo", file, "partner")))
    assert media.exists(office, str(come.fields["shared_copy"]))


def test_a_photo_does_not_go_back_to_whoever_sent_it(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    event = an_event(tester)
    photo = photos.add(tester, event, a_picture(1), "Mapa", further={"people_shown": "nobody"})
    records.mark_ready(tester, "photo", photo)
    swap(tester, office, tmp_path)
    records.save(office, "photo", photo, {"caption": "Mapa zasobów"}, draft=False)
    (back,) = packing.pack(office, tmp_path / "back")
    assert (back.changes, back.attachments) == (1, 0)
    take(tester, [back.file])
    records.save(tester, "photo", photo, {"caption": "Mapa gminy"}, draft=False)
    assert packing.pack(tester, tmp_path / "again")[0].attachments == 0


def test_an_import_under_an_open_form_becomes_a_question_and_is_never_overwritten(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(tester, phone="+48943740001")
    swap(tester, office, tmp_path)
    open_form = query.get(office, "partner", partner)
    assert open_form is not None
    records.save(tester, "partner", partner, {"phone": "+48943740002", "email": "kgw@wzorow.example"}, draft=False)
    send(tester, office, tmp_path)
    records.save(office, "partner", partner, {"phone": "+48943740003"}, seen=open_form.seen, draft=False)
    (asked,) = deciding.conflicts(office)
    assert asked.field == "phone"
    assert {version.value for version in asked.versions} == {"+48943740002", "+48943740003"}
    assert field(office, "partner", partner, "email") == "kgw@wzorow.example"
    swap(office, tester, tmp_path)
    assert [each.id for each in deciding.conflicts(tester)] == [asked.id]
    deciding.resolve(tester, asked.id, "theirs")
    swap(tester, office, tmp_path)
    assert not deciding.conflicts(tester)
    assert not deciding.conflicts(office)
    assert shown(office)[partner] == shown(tester)[partner]


def test_a_question_between_three_laptops_ends_on_all_of_them(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    other = a_tester(office, tmp_path / "second")
    laptops = (office, tester, other)
    partner = a_partner(tester)
    swap(tester, office, tmp_path / "stick")
    swap(other, office, tmp_path / "stick")
    for number, ws in enumerate(laptops):
        records.save(ws, "partner", partner, {"phone": f"+4894374001{number}"}, draft=False)
    for _turn in range(2):
        for ws in (tester, other):
            swap(ws, office, tmp_path / "stick")
    assert [len(deciding.conflicts(ws)[0].versions) for ws in laptops] == [3, 3, 3]
    deciding.resolve(office, deciding.conflicts(office)[0].id, "ours")
    for ws in (tester, other):
        swap(ws, office, tmp_path / "stick")
    assert [deciding.conflicts(ws) for ws in laptops] == [[], [], []]
    other.close()


def test_a_stick_with_packages_of_many_is_read_at_once(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    others = [a_tester(office, tmp_path / f"t{n}", f"KGW Numer {n}") for n in range(4)]
    stick = tmp_path / "stick"
    stick.mkdir()
    for number, ws in enumerate((tester, *others)):
        a_partner(ws, f"OSP {number}")
        packing.pack(ws, stick)
    shutil.copy(next(stick.iterdir()), stick / "kopia.progressus")
    done = applying.apply(office, applying.found_in([stick]))
    assert [each.state for each in done.packages].count(applying.APPLIED) == 5
    assert [each.state for each in done.packages].count(applying.KNOWN) == 1
    runs = office.connection.exec_driver_sql("SELECT DISTINCT run FROM log_import").all()
    assert [row[0] for row in runs] == [done.run], "all of it is one import"
    for each in others:
        each.close()


def test_a_laptop_that_reads_the_stick_it_wrote_knows_its_own_package(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    a_partner(tester)
    files = pack(tester, office, tmp_path)
    (own,) = applying.apply(tester, files).packages
    assert (own.state, own.failure) == (applying.OWN, None)


def test_the_preview_of_many_packages_says_what_the_import_does(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    partner, event = a_partner(tester), an_event(tester)
    photo = photos.add(tester, event, a_picture(1), "Mapa", further={"people_shown": "nobody"})
    records.mark_ready(tester, "photo", photo)
    files = pack(tester, office, tmp_path / "a")
    take(office, files)
    records.save(office, "partner", partner, {"phone": "+48943740009"}, draft=False)
    records.save(tester, "partner", partner, {"phone": "+48943740008"}, draft=False)
    records.remove(tester, "event", event)
    files += pack(tester, office, tmp_path / "b")
    a_partner(tester, "OSP Nowa")
    files += pack(tester, office, tmp_path / "c")
    before = content(office)
    preview = applying.apply(office, files, dry_run=True)
    assert content(office) == before
    done = applying.apply(office, files)
    told = [
        [(each.file, each.new, each.changed, each.removed, each.conflicts, each.attachments, each.waiting)
         for each in some.packages]
        for some in (preview, done)
    ]  # fmt: skip
    assert told[0] == told[1]
    assert sum(each.conflicts for each in done.packages) == 1
    assert sum(each.removed for each in done.packages) == 1
    assert [each.state == applying.READABLE for each in preview.packages] == [
        each.state == applying.APPLIED for each in done.packages
    ]
    assert preview.records == done.records
