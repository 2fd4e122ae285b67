"""The reports that exist: the month, an event's card, an attendance sheet – as PDF files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from PySide6.QtCore import Qt

from progressus_desktop import clock
from progressus_desktop.gui.acts import documents
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, Card, IconLabel, StateLine, text
from progressus_desktop.services import reporting
from progressus_desktop.services.reporting_words import month_name
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.words import N_, _, language

_MONTHS = 14
_EVENTS = 60
_REPORTS = (
    (
        "monthly-report",
        "file-text",
        N_("Monthly report"),
        N_("Events, contacts and partners of one month, with the four topics."),
    ),
    ("event-card", "calendar-days", N_("Event card"), N_("Everything about one event, with photos, on two pages.")),
    ("attendance-sheet", "list-checks", N_("Attendance sheet"), N_("An empty list for signatures, with the clause.")),
)


class ReportCard(Card):
    """One report: what it is, what it is about, and the button that writes it."""

    def __init__(self, context: Context, kind: str, icon: str) -> None:
        super().__init__(context.theme)
        self.kind = kind
        head = QHBoxLayout()
        head.addWidget(IconLabel(context.theme, icon, "accent", 20))
        self.name, self.what, self.label = text("", "h2"), text("", "muted", wrap=True), text("", "label")
        head.addWidget(self.name, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.what)
        self.subject = QComboBox()
        self.subject.setObjectName(f"{kind}_subject")
        self.subject.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.subject.setMinimumContentsLength(12)
        self.label.setBuddy(self.subject)
        row = QHBoxLayout()
        about = QVBoxLayout()
        about.setSpacing(4)
        about.addWidget(self.label)
        about.addWidget(self.subject)
        row.addLayout(about, 1)
        self.save = Button(context.theme, "", "", "download")
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(row)
        self.state = StateLine(context.theme)
        self.column.addWidget(self.state)


class ReportsPage(QWidget):
    """Three cards; nothing is sent anywhere."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setProperty("k", "page")
        self.setObjectName("reports_page")
        self._column = QVBoxLayout(self)
        self._title: QLabel = text("", "h1")
        self._what = text("", "small", wrap=True)
        self.large = QCheckBox()
        self.large.setObjectName("large_print")
        self._column.addWidget(self._title)
        self._column.addWidget(self._what)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("k", "page")
        self._cards_column = QVBoxLayout(inner)
        self._cards_column.setContentsMargins(6, 6, 6, 6)
        self.cards = {kind: ReportCard(context, kind, icon) for kind, icon, _name, _what in _REPORTS}
        for card in self.cards.values():
            self._cards_column.addWidget(card)
            card.save.clicked.connect(lambda _on=False, card=card: self._save(card))
        self._cards_column.addWidget(self.large)
        self._cards_column.addStretch(1)
        scroll.setWidget(inner)
        self._column.addWidget(scroll, 1)
        context.theme.changed.connect(self._space)
        context.bus.committed.connect(lambda _done: self._fill_events())
        self.retranslate()

    def title(self) -> str:
        """The page's name."""
        return _("Reports")

    def first_focus(self) -> QWidget:
        """The month."""
        return self.cards["monthly-report"].subject

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return tuple(card.subject for card in self.cards.values())

    def actions_here(self) -> dict[str, object]:
        """Printing here means the monthly report."""
        return {"print": lambda: self._save(self.cards["monthly-report"])}

    def _space(self) -> None:
        theme = self._context.theme
        side = theme.space(20)
        self._column.setContentsMargins(side, theme.space(12), side - 6, theme.space(8))
        self._column.setSpacing(theme.space(6))
        self._cards_column.setSpacing(theme.space(12))

    def retranslate(self) -> None:
        """Make words and lists again."""
        self._space()
        self._title.setText(self.title())
        self._what.setText(_("Reports are PDF files that screen readers can read. They stay where you save them."))
        self.large.setText(_("&Large print"))
        for kind, _icon, name, what in _REPORTS:
            card = self.cards[kind]
            card.name.setText(_(name))
            card.what.setText(_(what))
        self.cards["monthly-report"].label.setText(_("&Month"))
        self.cards["event-card"].label.setText(_("Event for the &card"))
        self.cards["attendance-sheet"].label.setText(_("Event for the &sheet"))
        words = {
            "monthly-report": _("Save the month&ly report…"),
            "event-card": _("Save the event c&ard…"),
            "attendance-sheet": _("Save the attendance s&heet…"),
        }
        for kind, said in words.items():
            self.cards[kind].save.set_text(said)
        self._fill_months()
        self._fill_events()

    def _fill_months(self) -> None:
        combo = self.cards["monthly-report"].subject
        kept = combo.currentData()
        combo.clear()
        today = clock.today(self._context.ws.clock)
        month = date(today.year, today.month, 1)
        for _each in range(_MONTHS):
            code = f"{month:%Y-%m}"
            combo.addItem(month_name(code), code)
            month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
        combo.setCurrentIndex(max(0, combo.findData(kept)))

    def _fill_events(self) -> None:
        rows = query.window(self._context.ws, "event", View(order="-date"), 0, _EVENTS)
        for kind in ("event-card", "attendance-sheet"):
            combo = self.cards[kind].subject
            kept = combo.currentData()
            combo.clear()
            for row in rows:
                day = str(row.values.get("date") or "")
                shown = ".".join(reversed(day.split("-"))) if day else "–"
                combo.addItem(f"{shown}  {row.values.get('title') or _('Without a title')}", row.id)
            combo.setCurrentIndex(max(0, combo.findData(kept)))
            self.cards[kind].save.setEnabled(bool(rows))
            self.cards[kind].save.setToolTip("" if rows else _("There is no event yet."))

    def _save(self, card: ReportCard) -> None:
        subject = str(card.subject.currentData() or "")
        stem = f"{card.kind}-{subject[:8] if card.kind != 'monthly-report' else subject}"
        start = str(documents() / f"{stem}.pdf")
        picked, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), start, "PDF (*.pdf)")
        if picked:
            self.write(card, Path(picked))

    def write(self, card: ReportCard, target: Path) -> None:
        """Write the report beside work and say where it is."""
        subject, large, lang = str(card.subject.currentData() or ""), self.large.isChecked(), language()
        card.state.show_state("info", _("Preparing the report…"), "loader")
        month, record = (subject, "") if card.kind == "monthly-report" else ("", subject)

        def work(_progress: Progress) -> Path:
            return reporting.export(
                self._context.ws, card.kind, target, record_id=record, month=month, lang=lang, large_print=large
            )

        def done(made: Path) -> None:
            card.state.show_state("ok", _("Saved: {file}", file=made.name))
            folder = QUrl.fromLocalFile(str(made))
            self._context.notify.banner(
                "ok",
                _("The report is ready"),
                str(made),
                _("Open"),
                lambda: QDesktopServices.openUrl(folder) and None,
                "report",
            )

        def failed(error: object) -> None:
            card.state.show_state("err", str(error))

        self._context.jobs.start(_("Report"), work, done, failed)
