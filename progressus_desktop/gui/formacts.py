"""What can be done with the record in a form: ready, draft, print, history, next problem, value from before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from progressus_desktop.domain import event_rules
from progressus_desktop.domain.fields import Level
from progressus_desktop.errors import ProgressusError, ValidationError
from progressus_desktop.gui import afterevent, erasedialog
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.mergedialog import MergeDialog
from progressus_desktop.gui.problems import MERGE, ProblemLines
from progressus_desktop.services import merging, permission, records
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

if TYPE_CHECKING:
    from progressus_desktop.gui.formpage import FormPage

_MOST_SAID = 2


class FormActs:
    """The verbs of one form page."""

    def __init__(self, context: Context, page: FormPage) -> None:
        self._context, self._page = context, page

    def by_head(self, what: str) -> None:
        """A button of the head."""
        acts: dict[str, Callable[[], object]] = {
            "back": self._page.close_form,
            "history": self.history,
            "ready": self.ready,
            "amend": self.amend,
            "sheet": lambda: self.print("attendance-sheet"),
        }
        acts[what]()

    def here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask."""
        page, record, of = self._page, self._page.visit.record, self._page.entity
        now = page.sections.current()
        here: dict[str, object] = {
            "history": self.history,
            "next_problem": lambda: self.next_problem(1),
            "previous_problem": lambda: self.next_problem(-1),
            "next_section": lambda: page.show_section(now + 1),
            "previous_section": lambda: page.show_section(now - 1),
            "undo": page.undo_step,
        }
        if of.name == "event":
            if record is not None:
                here["repeat"] = self.repeat
                here["after"] = self.after
            here["print"] = lambda: self.print("attendance-sheet")
        if of.name == "partner":
            here["add_contact"] = self._add_contact
        if record is None:
            return here | ({"ready": self.ready} if of.ready_by_person else {})
        if of.ready_by_person and record.entry == "draft":
            here["ready"] = self.ready
        if record.entry != "draft" and (of.ready_by_person or record.entry == "archived"):
            here["draft"] = lambda: self._entry(records.mark_draft)
        if of.name in merging.MERGEABLE:
            here["merge"] = self.merge
        if of.name != "project":  # a workspace stands on it
            here["erase"] = self.erase
        if record.entry != "archived":
            here["archive"] = lambda: self._entry(records.archive)
        return here

    def locked(self) -> list[str]:
        """The fields that the present person may only read."""
        of, ws = self._page.entity, self._context.ws
        record = self._page.visit.record
        if of.frozen and record is not None and record.entry != "draft":
            return [field.name for field in of.fields]
        if of.name == "event" and event_rules.listed({"id": self._page.visit.id}, query.lookup(ws)):
            return ["participants"]
        if permission.Permission(self._context.ws).decides(of):
            return []
        return [field.name for field in of.fields if field.office_only or of.office]

    def lock(self) -> None:
        """Let only those fields be written that may be."""
        of, record = self._page.entity, self._page.visit.record
        over = of.frozen and record is not None and record.entry != "draft"
        why = _("This was handed over. Choose “Correct it” to write its next version.") if over else ""
        self._page.binder.lock(self.locked(), why)

    def amend(self) -> None:
        """Open what was handed over for its next version."""
        self._entry(records.mark_draft)
        self.lock()
        self._page.first_focus().setFocus()

    def listen(self) -> None:
        """Let the hints at twins lead to them, and to the merge."""
        for lines in self._page.form.findChildren(ProblemLines):
            lines.offers = self._page.entity.name in merging.MERGEABLE
            lines.asked.connect(self._twin)

    def _twin(self, what: str, record: str) -> None:
        page = self._page
        if not page.end_visit():
            return
        if what == MERGE:
            self.merge(record)
        else:
            page.open_asked.emit(page.entity.name, record, {})

    def merge(self, other: str = "") -> None:
        """Make one record of this and another one, or take merged ones apart; ``other`` is offered first."""
        page = self._page
        page.end_visit()
        if page.visit.record is not None:
            MergeDialog(self._context, page.entity, page.visit.id, self._merged, page, other).open()

    def erase(self) -> None:
        """Ask about erasing the record for ever; the form is left when it is gone."""
        page = self._page
        page.end_visit()
        if page.visit.record is not None:
            erasedialog.ask(self._context, page.entity.name, [page.visit.id], page, self._erased)

    def _erased(self) -> None:
        self._page.visit.refresh()
        self._page.closed.emit()

    def _merged(self, kept: str) -> None:
        if kept == self._page.visit.id:
            self._page.reload()
            # the hint that led here may be gone with its button
            self._page.first_focus().setFocus()
        else:
            self._page.open_asked.emit(self._page.entity.name, kept, {})

    def _add_contact(self) -> None:
        names = [section.name for section in self._page.entity.sections]
        self._page.show_section(names.index("log"))
        self._page.first_focus().setFocus()

    def repeat(self) -> None:
        """A new event like this one: place, partners, agenda, topics; never the date, people, counts or photos."""
        self._page.end_visit()
        values = self._page.visit.values()
        preset = {name: values[name] for name in records.REPEATED if name in values}
        preset = {
            name: [{part: each for part, each in row.items() if part != "key"} for row in value]
            if name == "agenda" and isinstance(value, list)
            else value
            for name, value in preset.items()
        }
        self._page.open_asked.emit(self._page.entity.name, "", preset)
        self._context.notify.announce(_("A new event like the one before. Write its date."))

    def print(self, kind: str) -> None:
        """Make a document about the record; the visit ends first."""
        self._page.end_visit()
        if self._page.visit.record is not None:
            self._page.print_asked.emit(kind, self._page.visit.id)
            return
        self._context.notify.banner(
            "info", _("There is nothing to print yet"), _("Fill in the name and the date first."), key="form"
        )

    def after(self) -> None:
        """The list, the card and the note of an event, in one go."""
        self._page.end_visit()
        afterevent.offer(self._context, self._page.visit.id, self._page)

    def history(self) -> None:
        """Ctrl+H."""
        self._page.end_visit()
        if self._page.visit.record is not None:
            self._page.history_asked.emit(self._page.entity.name, self._page.visit.id)

    def ready(self) -> None:
        """Ctrl+G: the full checks, then ready; what blocks is listed and reached from the banner."""
        page, ws = self._page, self._context.ws
        page.end_visit()
        if page.visit.record is None:
            self._context.notify.announce(_("There is nothing to mark yet."))
            return
        page.check_all()
        try:
            records.mark_ready(ws, page.entity.name, page.visit.id)
        except ValidationError:
            self._say_missing()
            return
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.clear("ready")
        page.reload()
        self.lock()
        if page.visit.record is not None and page.visit.record.fields.get("status") == "held":
            words = _("Attendance sheet, event card and note can be saved in one go.")
            self._context.notify.banner("ok", _("Marked as ready."), words, _("After the event…"), self.after, "ready")
        else:
            self._context.notify.announce(_("Marked as ready."))
        page.first_focus().setFocus()

    def _say_missing(self) -> None:
        errors = [each for each in self._page.visit.problems() if each.level is Level.ERROR]
        number = len(errors)
        title = ngettext("{n} thing is missing before it is ready", "{n} things are missing before it is ready", number)
        words = " ".join(str(each.message) for each in errors[:_MOST_SAID])
        first = errors[0].field
        self._context.notify.banner("err", title, words, _("Go to the field"), lambda: self._page.go_to(first), "ready")

    def _entry(self, act: Callable[[Any, str, str], object]) -> None:
        page = self._page
        page.end_visit()
        if page.visit.record is None:
            return
        try:
            act(self._context.ws, page.entity.name, page.visit.id)
        except ProgressusError as failure:
            self._context.notify.error(failure)
        page.reload()

    def next_problem(self, step: int) -> None:
        """F8 and Shift+F8: to the next or previous field with a problem, around the form."""
        page = self._page
        page.check_all()
        order = list(page.binder.widgets)
        places = sorted(
            {order.index(each.field) for each in page.visit.problems() if each.field in page.binder.widgets}
        )
        if not places:
            self._context.notify.announce(_("There is nothing to mend here."))
            return
        begin = self._place(order, step)
        later = [n for n in places if (n - begin) * step > 0] or places
        name = order[later[0] if step > 0 else later[-1]]
        page.go_to(name)
        self._context.notify.announce(" ".join(str(each.message) for each in page.binder.problems(name)))

    def _place(self, order: list[str], step: int) -> int:
        """Where the search for the next problem begins: at the field with the focus, else before the section."""
        page = self._page
        if page.binder.current():
            return order.index(page.binder.current())
        section = page.entity.sections[page.sections.current()].name
        first = (n for n, name in enumerate(order) if page.entity.field(name).section == section)
        return next(first, 0) - step

    def take_from_previous(self) -> None:
        """Ctrl+': the value this field has in the record entered before."""
        page = self._page
        name = page.binder.current()
        if not name:
            return
        value = records.previous_value(self._context.ws, page.entity.name, name, page.visit.id)
        if value is None:
            self._context.notify.announce(_("The record before has nothing here."))
            return
        page.binder.show_one(name, value)
        page.autosave.keep(name)
