"""The limits of the container, version 1 (docs/exchange-format.md). Each is checked before anything is allocated."""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * 1024

FILE: Final = 256 * MIB
"""A whole file: it is decrypted into memory, so that no readable copy ever lies on a disk."""
PASSPHRASE_FILE: Final = 64 * MIB
HEADER: Final = 64 * KIB
"""The readable head of the age file, for about 500 addressees."""
SCRYPT_LOG_N: Final = 20
"""Work to open a passphrase file: at most 2^20 rounds, 1 GiB and about 3 s."""

MANIFEST: Final = MIB
SECTIONS: Final = 10_000
SMALL_SECTION: Final = 16 * MIB
"""Erasures, roster and acks, index of blobs."""
CHANGES: Final = 512 * MIB
CHANGE_COUNT: Final = 2_000_000
RATIO: Final = 200
RATIO_FROM: Final = 16 * MIB
"""Below this plain size the ratio is free: one long monotonous text may well shrink more than 200 times."""
WINDOW: Final = 8 * MIB
BLOB: Final = 40 * MIB
PARTS: Final = 10_000

EARLIEST: Final = -62_000_000_000_000
LATEST: Final = 253_000_000_000_000
"""Moments (UTC milliseconds) that a calendar can show in every time zone: the years 5 to 9987."""

BODY: Final = 4 * MIB
"""The body of one change, which may hold several long texts."""
DEPTH: Final = 8
STRING: Final = MIB
