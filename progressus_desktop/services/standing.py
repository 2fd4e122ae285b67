"""How the exchange stands with each counterpart: sent, confirmed, waiting, missing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from progressus_desktop.exchange import keys, outgoing, peers
from progressus_desktop.exchange.peers import GONE, OFFICE, Peer
from progressus_desktop.exchange.ranges import Ranges
from progressus_desktop.exchange.scope import Waiting
from progressus_desktop.services import counterparts
from progressus_desktop.services.applying import missing_numbers
from progressus_desktop.store import media, receiving
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import language, ngettext

_MOST_NAMED = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """One counterpart. Counts are of records and attachments in its scope; times are UTC milliseconds, 0 for never."""

    peer: Peer
    records: int
    sent: int
    confirmed: int
    to_send: int
    attachments: int
    attachments_confirmed: int
    held_back: tuple[Waiting, ...]
    missing: Ranges

    @property
    def missing_numbers(self) -> list[int]:
        """Numbers of their packages that never came although later ones did; a great number says enough."""
        every = (number for low, high in self.missing for number in range(low, high + 1))
        return list(islice(every, _MOST_NAMED))

    @property
    def gone(self) -> bool:
        """Whether the office took the laptop out of the project."""
        return self.peer.role == GONE

    @property
    def may_leave(self) -> bool:
        """Whether the office may take the laptop out of the project."""
        return self.joined and self.peer.role not in {OFFICE, GONE}

    @property
    def joined(self) -> bool:
        """Whether the laptop has introduced itself."""
        return bool(self.peer.sign_key)


def delivered(each: Standing) -> str:
    """What a counterpart confirmed, in words: "delivered 47 of 47 records, 12 of 12 photos"."""
    words = ngettext(
        "delivered {done} of {n} record", "delivered {done} of {n} records", each.sent, done=each.confirmed
    )
    if not each.attachments:
        return words
    photos = ngettext("{done} of {n} photo", "{done} of {n} photos", each.attachments, done=each.attachments_confirmed)
    return f"{words}, {photos}"


def standings(ws: Workspace) -> list[Standing]:
    """How the exchange stands with everybody, the office first."""
    me = counterparts.me(ws)
    with ws.reading() as connection:
        known = peers.every(connection)
    if me.role != OFFICE:
        known = [each for each in known if each.role == OFFICE or each.space == me.space]
    out = []
    for peer in known:
        # one at a time, so that the window can work between the hundred laptops of an office
        with receiving.transaction(ws, keep=False) as connection:
            out.append(_of(ws, connection, me, peer))
    return out


def _of(ws: Workspace, connection, me, peer: Peer) -> Standing:  # type: ignore[no-untyped-def]  # noqa: ANN001 - of the store
    chosen = outgoing.select(connection, me, peer)
    row = connection.exec_driver_sql(
        "SELECT count(*), coalesce(sum(r.last_own_arrival <= :sent AND p.since <= :sent), 0),"
        " coalesce(sum(r.last_own_arrival <= :acked AND p.since <= :acked), 0) FROM peer_record p"
        " JOIN record r ON r.no = p.record_no WHERE p.peer_no = :peer AND r.last_own_arrival > 0",
        {"sent": peer.sent_to, "acked": peer.acked_to, "peer": peer.number},
    ).one()
    files = outgoing.attachments_of(connection, peer, whole=me.space == peer.space)
    here = [sha for sha in files if media.exists(ws, sha)]
    open_ = set(chosen.attachments)
    return Standing(
        peer, int(row[0]), int(row[1]), int(row[2]), chosen.records, len(here), sum(sha not in open_ for sha in here),
        chosen.waiting, missing_numbers(peer),
    )  # fmt: skip


def six_words(ws: Workspace, peer: Peer | None = None) -> tuple[str, ...]:
    """The words that stand for a counterpart's key, or for ours, to be compared by telephone."""
    sign_key = peer.sign_key if peer is not None else counterparts.my_keys(ws).sign_public
    return keys.words(sign_key, language())


def mark_compared(ws: Workspace, number: int) -> None:
    """A person compared the six words of a counterpart."""
    with ws.writing() as connection:
        connection.exec_driver_sql("UPDATE peer SET compared = 1 WHERE number = ?", (number,))
