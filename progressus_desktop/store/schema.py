"""Tables of the log, of exchange and of settings. Alembic migrates these; entity tables are caches (tables.py)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION = "0001"
"""The newest migration this program knows."""

LOG = MetaData()

log_change = Table(
    "log_change",
    LOG,
    Column("arrival", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("record_no", Integer, nullable=False),
    Column("commit_no", Integer, nullable=False),
    Column("import_no", Integer),
    Column("body", LargeBinary, nullable=False),
    Index("log_change_record", "record_no", "arrival"),
    Index("log_change_commit", "commit_no"),
)

log_commit = Table(
    "log_commit",
    LOG,
    Column("number", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("device", LargeBinary(6), nullable=False),
    Column("action_no", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("undoes", Integer),
    Index("log_commit_undoes", "undoes"),
    Index("log_commit_action", "device", "action_no"),
)

log_import = Table(
    "log_import",
    LOG,
    Column("number", Integer, primary_key=True),
    Column("file_hash", LargeBinary, nullable=False),
    Column("sender", LargeBinary(6), nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone_by", Integer),
    Column("run", Integer, nullable=False),
)

erased = Table(
    "erased",
    LOG,
    Column("uuid", LargeBinary(16), primary_key=True),
    Column("author", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

covered = Table(
    "covered",
    LOG,
    Column("replica", LargeBinary(6), primary_key=True),
    Column("low", Integer, primary_key=True),
    Column("high", Integer, nullable=False),
)

replica = Table(
    "replica",
    LOG,
    Column("id", LargeBinary(6), primary_key=True),
    Column("prefix", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("own", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hlc", BigInteger, nullable=False),
    Column("last_action", Integer, nullable=False),
    Column("last_code", Integer, nullable=False),
    Column("token", Text, nullable=False),
)

peer = Table(
    "peer",
    LOG,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("sign_key", LargeBinary(32), nullable=False),
    Column("age_key", Text, nullable=False),
    Column("replica", LargeBinary(6), nullable=False),
    Column("prefix", Text, nullable=False),
    Column("letter", Text, nullable=False),
    Column("sent_to", Integer, nullable=False),
    Column("acked_to", Integer, nullable=False),
    Column("got", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("file_no", Integer, nullable=False),
    Column("last_file", LargeBinary, nullable=False),
    Column("missing", Text, nullable=False),
    Column("erased", Text, nullable=False),
    Column("sent_ms", BigInteger, nullable=False),
    Column("heard_ms", BigInteger, nullable=False),
    Column("compared", Integer, nullable=False),
    Column("retired", Integer, nullable=False),
    Index("peer_key", "sign_key", "replica"),
)

invite = Table(
    "invite",
    LOG,
    Column("number", Integer, primary_key=True),
    Column("peer_no", Integer, nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("used", Integer, nullable=False),
)

receipt = Table(
    "receipt",
    LOG,
    Column("peer_no", Integer, primary_key=True),
    Column("upto", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)

quarantine = Table(
    "quarantine",
    LOG,
    Column("id", LargeBinary(16), primary_key=True),
    Column("peer_no", Integer, nullable=False),
    Column("import_no", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
)

peer_record = Table(
    "peer_record",
    LOG,
    Column("peer_no", Integer, primary_key=True),
    Column("record_no", Integer, primary_key=True),
    Column("since", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Index("peer_record_record", "record_no"),
)

blob = Table(
    "blob",
    LOG,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("size", BigInteger, nullable=False),
)

blob_ref = Table(
    "blob_ref",
    LOG,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("record_no", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
)

draft = Table(
    "draft",
    LOG,
    Column("record", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

setting = Table("setting", LOG, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

GUARDED = ("log_change", "log_commit", "log_import", "erased", "covered", "replica")
"""Log tables that only a commit may write."""
