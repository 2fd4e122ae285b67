"""The log, exchange and settings tables as the program was born with them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _column(name: str, kind: sa.types.TypeEngine[Any], *, key: bool = False, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=key, nullable=null)


_BYTES, _TEXT, _WHOLE, _BIG = sa.LargeBinary(), sa.Text(), sa.Integer(), sa.BigInteger()
_ID6, _ID16, _ID32 = sa.LargeBinary(6), sa.LargeBinary(16), sa.LargeBinary(32)


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "log_change",
        _column("arrival", _WHOLE, key=True),
        sa.Column("id", _ID16, nullable=False, unique=True),
        _column("record_no", _WHOLE),
        _column("commit_no", _WHOLE),
        _column("import_no", _WHOLE, null=True),
        _column("body", _BYTES),
    )
    op.create_index("log_change_record", "log_change", ["record_no", "arrival"])
    op.create_index("log_change_commit", "log_change", ["commit_no"])
    op.create_table(
        "log_commit",
        _column("number", _WHOLE, key=True),
        _column("at_ms", _BIG),
        _column("author", _TEXT),
        _column("device", _ID6),
        _column("action_no", _WHOLE),
        _column("kind", _TEXT),
        _column("label", _TEXT),
        _column("undoes", _WHOLE, null=True),
    )
    op.create_index("log_commit_undoes", "log_commit", ["undoes"])
    op.create_index("log_commit_action", "log_commit", ["device", "action_no"])
    op.create_table(
        "log_import",
        _column("number", _WHOLE, key=True),
        _column("file_hash", _BYTES),
        _column("sender", _ID6),
        _column("low", _WHOLE),
        _column("high", _WHOLE),
        _column("at_ms", _BIG),
        _column("counts", _TEXT),
        _column("undone_by", _WHOLE, null=True),
        _column("run", _WHOLE),
    )
    op.create_table("erased", _column("uuid", _ID16, key=True), _column("author", _TEXT), _column("at_ms", _BIG))
    op.create_table(
        "covered", _column("replica", _ID6, key=True), _column("low", _WHOLE, key=True), _column("high", _WHOLE)
    )
    _exchange_and_settings()


def _exchange_and_settings() -> None:
    op.create_table(
        "replica",
        _column("id", _ID6, key=True),
        _column("prefix", _TEXT),
        _column("letter", _TEXT),
        _column("own", _WHOLE),
        _column("last_seq", _WHOLE),
        _column("last_hlc", _BIG),
        _column("last_action", _WHOLE),
        _column("last_code", _WHOLE),
        _column("token", _TEXT),
    )
    op.create_table(
        "peer",
        _column("number", _WHOLE, key=True),
        _column("name", _TEXT),
        _column("role", _TEXT),
        _column("space", _TEXT),
        _column("sign_key", _ID32),
        _column("age_key", _TEXT),
        _column("replica", _ID6),
        _column("prefix", _TEXT),
        _column("letter", _TEXT),
        _column("sent_to", _WHOLE),
        _column("acked_to", _WHOLE),
        _column("got", _TEXT),
        _column("numbers", _TEXT),
        _column("file_no", _WHOLE),
        _column("last_file", _BYTES),
        _column("missing", _TEXT),
        _column("erased", _TEXT),
        _column("sent_ms", _BIG),
        _column("heard_ms", _BIG),
        _column("compared", _WHOLE),
        _column("retired", _WHOLE),
    )
    op.create_index("peer_key", "peer", ["sign_key", "replica"])
    op.create_table(
        "invite",
        _column("number", _WHOLE, key=True),
        _column("peer_no", _WHOLE),
        _column("secret_hash", _ID32),
        _column("at_ms", _BIG),
        _column("used", _WHOLE),
    )
    op.create_table(
        "receipt", _column("peer_no", _WHOLE, key=True), _column("upto", _WHOLE, key=True), _column("at_ms", _BIG)
    )
    op.create_table(
        "quarantine",
        _column("id", _ID16, key=True),
        _column("peer_no", _WHOLE),
        _column("import_no", _WHOLE),
        _column("body", _BYTES),
        _column("reason", _TEXT),
    )
    op.create_table(
        "peer_record",
        _column("peer_no", _WHOLE, key=True),
        _column("record_no", _WHOLE, key=True),
        _column("since", _WHOLE),
        _column("first", _WHOLE),
    )
    op.create_index("peer_record_record", "peer_record", ["record_no"])
    op.create_table("blob", _column("hash", _ID32, key=True), _column("size", _BIG))
    op.create_table(
        "blob_ref",
        _column("hash", _ID32, key=True),
        _column("record_no", _WHOLE, key=True),
        _column("name", _TEXT, key=True),
    )
    op.create_table(
        "draft",
        _column("record", _TEXT, key=True),
        _column("name", _TEXT, key=True),
        _column("entity", _TEXT),
        _column("value", _TEXT),
        _column("at_ms", _BIG),
    )
    op.create_table("setting", _column("name", _TEXT, key=True), _column("value", _TEXT))
