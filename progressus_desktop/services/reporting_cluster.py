"""From a cluster, its members, their offers and joint actions to the cluster report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from progressus_desktop.domain import codelists, cooperation
from progressus_desktop.domain.cluster import STAGES, stage_day
from progressus_desktop.domain.cooperation import Sharing
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.membership import is_member
from progressus_desktop.domain.suppression import TOTAL, published
from progressus_desktop.reports import cluster_report as pages
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.cluster_report import ActionLine, ClusterReport, Cooperation, Member, Share, StageStep
from progressus_desktop.reports.setting import number, or_none
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_lines import sexes
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, values
from progressus_desktop.services.state import state_sentence
from progressus_desktop.words import _, ngettext

_OVER = frozenset({"ended"})
UNDER_WAY = frozenset({"in_progress", "finished"})
"""States of joint actions that were begun."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A cluster with everything that refers to it on one day."""

    cluster: Values
    memberships: Sequence[Values]
    partners: Mapping[str, Values]
    actions: Sequence[Values]
    sharing: Sharing

    @property
    def members(self) -> list[str]:
        """Ids of the member organisations, in the order in which they joined."""
        return list(self.sharing.members)


def cluster(snapshot: Snapshot, asked: Asked) -> Render:
    """The report of a cluster."""
    record = snapshot.named("cluster", asked.record_id)
    whole = whole_of(snapshot, values(record))
    wrong = any(each.level is Level.ERROR for each in record.problems)
    stage = say.text(whole.cluster, "stage")
    made = ClusterReport(
        code=record.code,
        name=say.text(whole.cluster, "name"),
        state=state_sentence(record),
        state_kind="warn" if wrong or record.entry == "draft" or stage in _OVER else "ok",
        facts=_facts(snapshot, whole),
        tiles=_tiles(whole),
        mission=say.text(whole.cluster, "mission"),
        stages=_stages(whole.cluster),
        members=_members(whole),
        shares=_shares(whole),
        gaps=gaps_of(whole),
        actions=[action_line(snapshot, each) for each in whole.actions],
        cooperation=_cooperation(whole),
        plan=say.text(whole.cluster, "plan_to_last"),
        risks=say.text(whole.cluster, "risks"),
        working=record.entry == "draft",
    )
    return partial(pages.render, made)


def whole_of(snapshot: Snapshot, cluster_: Values) -> Whole:
    """A cluster as it is on the day of the newest change."""
    lookup, day = snapshot.lookup, snapshot.today
    found = lookup.linked("membership", "cluster", say.text(cluster_, "id"))
    memberships = sorted(
        (each for each in found if say.text(each, "partner") and is_member(each, day)),
        key=lambda each: (say.text(each, "date_from"), say.text(each, "id")),
    )
    members = list(dict.fromkeys(say.text(each, "partner") for each in memberships))
    partners = {each: lookup.record("partner", each) or {} for each in members}
    offers = [offer for each in members for offer in lookup.linked("offer", "partner", each)]
    needs = {each: say.ids(partner, "needs") for each, partner in partners.items()}
    actions = sorted(
        lookup.linked("action", "cluster", say.text(cluster_, "id")),
        key=lambda each: (say.text(each, "date_from"), say.text(each, "id")),
    )
    return Whole(cluster_, memberships, partners, actions, cooperation.sharing(members, offers, needs, day))


def _facts(snapshot: Snapshot, whole: Whole) -> list[tuple[str, str]]:
    cluster_ = whole.cluster
    form = say.text(cluster_, "form")
    contact = snapshot.lookup.record("contact", say.text(cluster_, "coordinator_contact")) or {}
    person = snapshot.lookup.record("person", say.text(contact, "person"))
    pairs = [
        (_("Coordinator"), say.name(snapshot.lookup, say.text(cluster_, "coordinator"))),
        (_("Form of cooperation"), codelists.word("cluster_form", form) if form else ""),
        (_("Area"), say.gminas(say.ids(cluster_, "area"))),
        (_("Meetings"), say.text(cluster_, "meeting_rhythm")),
    ]
    if person and snapshot.sees_people:
        pairs.append((_("Contact"), say.person(person)))
    return [(label, value or "–") for label, value in pairs]


def _tiles(whole: Whole) -> list[Tile]:
    begun = [each for each in whole.actions if say.text(each, "state") in UNDER_WAY]
    sectors = Counter(codelists.sector(say.text(each, "kind")) for each in whole.partners.values())
    words = ", ".join(
        f"{codelists.word('sector', code)} {sectors[code]}" for code in codelists.codes("sector") if sectors[code]
    )
    gaps = len(whole.sharing.gaps)
    return [
        Tile(_("Members"), number(len(whole.members)), words),
        Tile(_("Joint actions"), number(len(begun)), _("begun or finished")),
        Tile(_("Recipients"), _reached(whole.actions), _("PwD reached")),
        Tile(_("Matches"), number(len(whole.sharing.matches)), _("given and sought")),
        Tile(_("Gaps"), number(gaps), ngettext("sought, nobody gives it", "sought, nobody gives them", gaps)),
    ]


def _reached(actions: Iterable[Values]) -> str:
    """How many people with disabilities were reached; a small number is not told to third parties."""
    total: Counter[str] = Counter()
    for action in actions:
        matrix = action.get("pwd_reached")
        for row in matrix.values() if isinstance(matrix, dict) else ():
            total.update({sex: n for sex, n in row.items() if isinstance(n, int)})
    shown = published({"pwd": dict(total)}).shown()
    return _("under 5") if shown is None else or_none(shown)


def _stages(cluster_: Values) -> list[StageStep]:
    now = say.text(cluster_, "stage")
    steps = []
    for code in codelists.codes(STAGES):
        day = stage_day(cluster_, code)
        steps.append(
            StageStep(say.capital(codelists.word(STAGES, code)), say.day(day.isoformat()) if day else "", code == now)
        )
    return steps


def _members(whole: Whole) -> list[Member]:
    found = []
    seen: set[str] = set()
    for each in whole.memberships:
        partner = say.text(each, "partner")
        if partner in seen:
            continue
        seen.add(partner)
        role, before = say.text(each, "role"), say.text(each, "cooperation_before")
        now = cooperation.cooperation_now(partner, whole.actions)
        found.append(
            Member(
                say.text(whole.partners[partner], "name"),
                codelists.word("cluster_role", role) if role else "",
                say.day(say.text(each, "date_from")),
                codelists.word("cooperation_before", before) if before else "",
                codelists.word("cooperation_before", now),
            )
        )
    return found


def _short(partner: Values) -> str:
    return say.text(partner, "short_name") or say.text(partner, "name") or _("without a name")


def _named(whole: Whole, ids: Iterable[str]) -> str:
    return ", ".join(_short(whole.partners[each]) for each in ids)


def _shares(whole: Whole) -> list[Share]:
    sharing, gaps = whole.sharing, {each.category for each in whole.sharing.gaps}
    return [
        Share(
            say.capital(codelists.word("offer_category", category)),
            _named(whole, (each for each in sharing.members if category in sharing.gives[each])),
            _named(whole, (each for each in sharing.members if category in sharing.seeks[each])),
            category in gaps,
        )
        for category in sharing.columns
    ]


def gaps_of(whole: Whole) -> list[str]:
    """What is sought and given by nobody, and kinds of support that nobody gives or seeks, in words."""
    found = [
        _("Nobody gives: {category}; sought by {names}.", category=codelists.word("offer_category", each.category),
          names=_named(whole, each.seekers))
        for each in whole.sharing.gaps
    ]  # fmt: skip
    missing = [codelists.word("offer_category", code) for code in whole.sharing.missing if code != "other"]
    if missing and whole.sharing.columns:
        found.append(_("Neither given nor sought: {names}.", names=", ".join(missing)))
    return found


def action_line(snapshot: Snapshot, action: Values) -> ActionLine:
    """One joint action and what came of it."""
    kind, state = say.text(action, "kind"), say.text(action, "state")
    named = dict.fromkeys([say.text(action, "leader"), *say.ids(action, "partners"), *say.ids(action, "employers")])
    return ActionLine(
        say.text(action, "title"),
        codelists.word("action_kind", kind) if kind else "",
        ", ".join(_short(snapshot.lookup.record("partner", each) or {}) for each in named if each),
        say.from_to(say.text(action, "date_from"), say.text(action, "date_to")),
        codelists.word("action_state", state) if state else "",
        say.text(action, "real_result") or say.text(action, "expected_result"),
        "\n".join(_outcomes(action.get("outcomes"))),
    )


def _outcomes(outcomes: object) -> Iterator[str]:
    """Who got an internship, a job, a training: women and men, and no small number of them."""
    rows = {code: row for code, row in outcomes.items() if isinstance(row, dict)} if isinstance(outcomes, dict) else {}
    for code in codelists.codes("action_outcome"):
        # each kind by itself: no sum over the kinds is told, so a small one takes no other with it
        told = published({code: {sex: n for sex, n in rows.get(code, {}).items() if isinstance(n, int)}}, {code})
        whole, women, men = (told.shown(code, column) for column in (TOTAL, "f", "m"))
        word = codelists.word("action_outcome", code)
        if whole is None:
            yield f"{word}: {_('under 5')}"
        elif women is None or men is None:
            yield f"{word}: {number(whole)}"
        elif whole:
            yield f"{word}: {number(whole)} ({sexes(women, men, whole - women - men)})"


def _cooperation(whole: Whole) -> list[Cooperation]:
    before = Counter(say.text(each, "cooperation_before") for each in whole.memberships)
    now = Counter(cooperation.cooperation_now(each, whole.actions) for each in whole.members)
    return [
        Cooperation(say.capital(codelists.word("cooperation_before", code)), before[code], now[code])
        for code in codelists.codes("cooperation_before")
    ]
