"""From observations of the product to their register: figures by element, size and reach, then each one; also XLSX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from babel.numbers import format_decimal

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.domain.tablecells import Cell
from progressus_desktop.reports import observations as pages
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.observations import ContextLine, ElementLine, Group, Observation, Register
from progressus_desktop.reports.setting import Setting, number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_kinds import XLSX
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, period, span_words
from progressus_desktop.words import _, language, ngettext

_OBSTACLES = frozenset({"problem", "barrier"})
_SIGNS = {"works": "ok", "problem": "warn", "barrier": "warn"}
_FAR, _LONG_AGO = "9999-12-31", "0001-01-01"


def register(snapshot: Snapshot, asked: Asked) -> Render:
    """The register of the days asked for, else of all."""
    first, last = period(asked)
    found, drafts = snapshot.ready("observation", first or _LONG_AGO, last or _FAR)
    if asked.form == XLSX:
        return partial(_workbook, _sheet_rows(found, snapshot.lookup), element_lines(found))
    left_out = ngettext("{n} draft is left out.", "{n} drafts are left out.", drafts)
    made = Register(
        organisation=say.name(snapshot.lookup, snapshot.own) or snapshot.ws.name,
        period=_span(first, last),
        tiles=_tiles(found),
        kinds=[say.capital(codelists.word("observation_kind", code)) for code in codelists.codes("observation_kind")],
        elements=element_lines(found),
        sizes=context_lines(found, "size"),
        reaches=context_lines(found, "reach"),
        groups=_groups(found, snapshot.lookup),
        left_out=left_out if drafts else "",
    )
    return partial(pages.render, made)


def _span(first: str, last: str) -> str:
    if first:
        return f"{span_words(first, last)}."
    return _("Until {day}.", day=say.day(last)) if last else ""


def _tiles(found: Sequence[Values]) -> list[Tile]:
    kinds = Counter(say.text(each, "kind") for each in found)
    decided = Counter(say.text(each, "decision") or "open" for each in found)
    whom = {say.text(each, "partner") for each in found} - {""}
    adapted = sum(bool(say.text(each, "adaptation")) for each in found)
    refused = number(decided["rejected"])
    return [
        Tile(_("Observations"), number(len(found)), _("ready, of all kinds")),
        Tile(_("What works"), number(kinds["works"]), _("can be kept as it is")),
        Tile(_("Problems and barriers"), number(sum(kinds[each] for each in _OBSTACLES)), _("stand in the way")),
        Tile(_("Adaptations"), number(adapted), _("changed or simplified")),
        Tile(_("Organisations"), number(len(whom)), _("observed, each counted once")),
        Tile(_("Decided"), number(sum(decided.values()) - decided["open"]),
             _("accepted {n}, rejected {m}", n=number(decided["accepted"]), m=refused)),
    ]  # fmt: skip


def element_lines(found: Sequence[Values]) -> list[ElementLine]:
    """Observations by element of the product and kind; those without an element last, if there are any."""
    kinds = codelists.codes("observation_kind")
    counts = Counter((say.text(each, "element"), say.text(each, "kind")) for each in found)
    elements = [*codelists.codes("product_element"), ""]
    lines = [ElementLine(_element(element), [counts[element, kind] for kind in kinds]) for element in elements]
    return [line for at, line in enumerate(lines) if elements[at] or line.total]


def _element(code: str) -> str:
    return say.capital(codelists.word("product_element", code)) if code else _("No element named")


def context_lines(found: Sequence[Values], name: str) -> list[ContextLine]:
    """Observations by ``size`` or ``reach`` of the organisation; those without one last, if there are any."""
    code_list = {"size": "partner_size", "reach": "reach"}[name]
    groups: dict[str, list[Values]] = {code: [] for code in codelists.codes(code_list)}
    groups[""] = []
    for each in found:
        groups.setdefault(say.text(each, f"{name}_met"), []).append(each)
    return [
        _context(say.capital(codelists.word(code_list, code)) if code else _("not given"), of)
        for code, of in groups.items()
        if code or of
    ]


def _context(name: str, found: Sequence[Values]) -> ContextLine:
    weights = [weight for each in found if isinstance(weight := each.get("weight"), int)]
    mean = format_decimal(sum(weights) / len(weights), "0.0", locale=language()) if weights else ""
    kinds = Counter(say.text(each, "kind") for each in found)
    return ContextLine(
        name,
        len(found),
        kinds["works"],
        sum(kinds[each] for each in _OBSTACLES),
        sum(bool(say.text(each, "adaptation")) for each in found),
        mean,
    )


def _groups(found: Iterable[Values], lookup: Lookup) -> list[Group]:
    groups: dict[str, list[Values]] = {}
    for each in found:
        groups.setdefault(say.text(each, "element"), []).append(each)
    wanted = [code for code in (*codelists.codes("product_element"), "") if code in groups]
    return [Group(_element(code), [_line(each, lookup) for each in sorted(groups[code], key=_rank)]) for code in wanted]


def _rank(observation: Values) -> tuple[int, int, str, str]:
    """Kinds in the order of their list, the weightiest first, then by date."""
    kinds, kind, weight = codelists.codes("observation_kind"), say.text(observation, "kind"), observation.get("weight")
    place = kinds.index(kind) if kind in kinds else len(kinds)
    heavy = weight if isinstance(weight, int) else 0
    return place, -heavy, say.text(observation, "date"), say.text(observation, "id")


def _word(code_list: str, code: str) -> str:
    return codelists.word(code_list, code) if code else ""


def _line(observation: Values, lookup: Lookup) -> Observation:
    met = _word("partner_size", say.text(observation, "size_met")), _word("reach", say.text(observation, "reach_met"))
    kind, decision, topic = (say.text(observation, name) for name in ("kind", "decision", "topic"))
    return Observation(
        code=say.text(observation, "code"),
        date=say.day(say.text(observation, "date")),
        sign=_SIGNS.get(kind, ""),
        kind=_word("observation_kind", kind),
        text=say.text(observation, "text"),
        whom=say.name(lookup, say.text(observation, "partner")),
        context=", ".join(part for part in met if part),
        weight=say.text(observation, "weight"),
        adaptation=say.text(observation, "adaptation"),
        proposal=say.text(observation, "proposal"),
        decision=_word("observation_decision", decision),
        reason=say.text(observation, "decision_reason"),
        accepted=decision == "accepted",
        topic=f"{topic} {codelists.short('topic', topic)}" if topic else "",
    )


# -- XLSX -----------------------------------------------------------------------------------------------------


def _sheet_rows(found: Iterable[Values], lookup: Lookup) -> list[list[Cell]]:
    """Each observation as typed cells, in the order of the register."""
    elements = (*codelists.codes("product_element"), "")
    rows: list[list[Cell]] = []
    for each in sorted(found, key=lambda one: (elements.index(say.text(one, "element")), *_rank(one))):
        line = _line(each, lookup)
        rows.append([
            line.code, say.parsed(say.text(each, "date")) or line.date, _element(say.text(each, "element")), line.kind,
            line.topic, line.text, line.whom, _word("partner_size", say.text(each, "size_met")),
            _word("reach", say.text(each, "reach_met")), each.get("weight"), line.adaptation, line.proposal,
            line.decision, line.reason, say.text(each, "product_version"),
        ])  # fmt: skip
    return rows


def _workbook(rows: Sequence[Sequence[Cell]], elements: Sequence[ElementLine], setting: Setting) -> bytes:
    """Two sheets: every observation, and their numbers by element and kind."""
    from progressus_desktop.exchange.workbook_out import Book

    book = Book(setting.stamp)
    heads = [
        _("Code"), _("Date"), _("Element of the product"), _("Kind of observation"), _("Topic"), _("Observation"),
        _("Organisation"), _("Size of the organisation"), _("Reach of the organisation"), _("Weight from 1 to 5"),
        _("Adaptation"), _("Proposal of change"), _("Decision of the office"), _("Reason for the decision"),
        _("Version of the product"),
    ]  # fmt: skip
    sheet = book.sheet(_("Observations"), heads)
    for row in rows:
        sheet.write(row)
    kinds = [say.capital(codelists.word("observation_kind", code)) for code in codelists.codes("observation_kind")]
    sums = book.sheet(_("By element and kind"), [_("Element of the product"), *kinds, _("Total")])
    for line in elements:
        sums.write([line.name, *line.kinds, line.total])
    return book.content()
