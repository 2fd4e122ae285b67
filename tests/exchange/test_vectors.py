"""The vectors of docs/exchange-format.md: program and second reader find the same and refuse for the same reason."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from progressus_desktop.errors import AccessError, DamagedError, NewerVersionError, ProgressusError
from progressus_desktop.exchange import container, manifest
from progressus_desktop.exchange.refusals import Reason
from tests.exchange import make_vectors, raw, reader

ALL = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(make_vectors.FOLDER.glob("*.json"))}
GOOD = {name: each for name, each in ALL.items() if "holds" in each}
BAD = {name: each for name, each in ALL.items() if "inner" in each and "refused" in each}
WHOLE = {name: each for name, each in ALL.items() if "file" in each}
DOCUMENT = (Path(__file__).parents[2] / "docs/exchange-format.md").read_text("utf-8")


def everything(data: bytes) -> container.Package:
    """Read all that a plain container holds, as an import does."""
    package = container.unsealed(memoryview(data))
    erased = {container.entry(id_, body).record for id_, body in package.erasures()}
    for id_, body in package.changes(erased):
        container.entry(id_, body)
    package.roster()
    list(package.blobs())
    return package


def told(package: container.Package) -> dict[str, Any]:
    erasures = list(package.erasures())
    erased = {container.entry(id_, body).record for id_, body in erasures}
    return {
        "erasures": [id_.hex() for id_, _ in erasures],
        "changes": [id_.hex() for id_, _ in package.changes(erased)],
        "roster": make_vectors._plain(package.roster()),
        "blobs": [sha.hex() for sha, _ in package.blobs()],
    }


def test_there_are_vectors_of_all_kinds() -> None:
    assert {"minimal", "three-changes", "conflict", "erase", "unknown-keys"} <= set(GOOD)
    assert len(BAD) + len(WHOLE) >= 25


def test_the_vectors_are_what_the_script_makes() -> None:
    assert make_vectors.vectors() == {name: each for name, each in ALL.items() if "inner" in each}


@pytest.mark.parametrize("name", GOOD)
def test_the_program_reads_what_the_second_reader_reads(name: str) -> None:
    data, holds = bytes.fromhex(GOOD[name]["inner"]), GOOD[name]["holds"]
    package = everything(data)
    assert told(package).items() <= holds.items()
    assert manifest.as_map(package.manifest.encoded()) == reader.read(data)[0]
    assert make_vectors.told(data) == holds


@pytest.mark.parametrize("name", GOOD)
def test_the_program_writes_the_vectors_byte_for_byte(name: str) -> None:
    data = bytes.fromhex(GOOD[name]["inner"])
    package = container.unsealed(memoryview(data))
    written = package.manifest.encoded()
    assert data[9 : 9 + len(written)] == written


@pytest.mark.parametrize("name", BAD)
def test_both_readers_refuse_for_the_same_reason(name: str) -> None:
    data, reason = bytes.fromhex(BAD[name]["inner"]), BAD[name]["refused"]
    with pytest.raises((DamagedError, NewerVersionError)) as refusal:
        everything(data)
    assert refusal.value.reason == reason
    assert refusal.value.exit_code == (10 if reason in {"manifest.reader", "inner.version"} else 5)
    with pytest.raises(reader.Refused, match=f"^{re.escape(reason)}$"):
        reader.everything(data)


def read_whole(name: str) -> container.Package:
    file = io.BytesIO(bytes.fromhex(WHOLE[name]["file"]))
    if container.peek(file).passphrase:
        return container.read(file, passphrase=make_vectors.PASSPHRASE)
    return container.read(file, identities=[raw.OFFICE.age_secret])


@pytest.mark.parametrize("name", [name for name, each in WHOLE.items() if "refused" not in each])
def test_whole_files_open(name: str) -> None:
    assert len(list(read_whole(name).changes())) == 1


@pytest.mark.parametrize("name", [name for name, each in WHOLE.items() if "refused" in each])
def test_whole_files_are_refused_for_their_reason(name: str) -> None:
    with pytest.raises((DamagedError, AccessError)) as refusal:
        read_whole(name)
    assert refusal.value.reason == WHOLE[name]["refused"]
    assert refusal.value.exit_code == (4 if WHOLE[name]["refused"] == "outer.no-key" else 5)


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_in_the_document(reason: Reason) -> None:
    assert f"| `{reason}` |" in DOCUMENT


def test_every_refusal_says_what_is_safe_and_what_to_do() -> None:
    for vector in (*BAD.values(), *WHOLE.values()):
        if "refused" in vector:
            with pytest.raises(ProgressusError) as refusal:
                everything(bytes.fromhex(vector["inner"])) if "inner" in vector else read_whole(
                    next(name for name, each in WHOLE.items() if each is vector)
                )
            assert str(refusal.value.hint).startswith("Niczego nie zmieniono. ")


def test_the_age_command_and_the_second_reader_open_a_package(tmp_path: Path) -> None:
    age = shutil.which("age")
    assert age, "the Debian package age is missing; `make test` installs it"
    key, file = tmp_path / "key.txt", tmp_path / "p.progressus"
    key.write_text(raw.OFFICE.age_secret + "\n", "utf-8")
    file.write_bytes(bytes.fromhex(ALL["whole"]["file"]))
    plain = subprocess.run([age, "-d", "-i", str(key), str(file)], capture_output=True, check=True).stdout
    read = subprocess.run([sys.executable, reader.__file__], input=plain, capture_output=True, check=True).stdout
    assert json.loads(read) == {"purpose": "sync", "number": 1, "changes": 1, "erasures": 0, "attachments": 0}
