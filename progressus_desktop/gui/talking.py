"""The panel "What to say?" beside topics and contacts: the office's arguments for one topic and audience."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, Card, IconLabel, scrolled, text
from progressus_desktop.services import reporting_kinds, texts
from progressus_desktop.words import _

_WIDTH = 276
_RING = 6
"""Room for the focus ring at the edges of what scrolls."""
_TOPIC, _AUDIENCE = "T3", "employer"


def as_html(words: str, pull: int = 22) -> str:
    """Lines as paragraphs: one that begins with "- " is a point, one that ends with ":" a head in bold."""
    out: list[str] = []
    for line in (each.strip() for each in words.splitlines()):
        point = line.startswith(("- ", "• "))
        if out and out[-1] != "</ul>" and out[-1].startswith("<li") and not point:
            out.append("</ul>")
        if point:
            if not out or not out[-1].startswith("<li"):
                out.append(f'<ul style="margin-left: -{pull}px">')
            out.append(f"<li>{escape(line[2:])}</li>")
        elif line.endswith(":"):
            out.append(f"<p><b>{escape(line)}</b></p>")
        elif line:
            out.append(f"<p>{escape(line)}</p>")
    if out and out[-1].startswith("<li"):
        out.append("</ul>")
    return "".join(out)


class TalkingPanel(Card):
    """Topic and audience are chosen here, or follow the topic that has the focus beside it."""

    changed = Signal()
    closed = Signal()
    """Back to the form it stands over."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "soft")
        self.setParent(parent)
        self._context = context
        self._over = False
        self._found: texts.Talking | None = None
        self.setObjectName("talking_panel")
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(IconLabel(context.theme, "message-square", "accent", 20))
        self.title = text("", "h2", wrap=True)
        head.addWidget(self.title, 1)
        self.column.addWidget(self._head)
        self.topic_label, self.topic = text("", "label"), QComboBox()
        self.audience_label, self.audience = text("", "label"), QComboBox()
        self._build_words()
        self._build_foot()
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def _build_words(self) -> None:
        """What is chosen and what the office wrote about it scroll together where there is little room."""
        inside = QWidget()
        inside.setProperty("k", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(_RING, 0, _RING, _RING)
        self._choices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        column.addLayout(self._choices)
        for label, combo, name in (
            (self.topic_label, self.topic, "talking_topic"),
            (self.audience_label, self.audience, "talking_audience"),
        ):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
            label.setBuddy(combo)
            combo.activated.connect(lambda _row: self._show())
            pair = QVBoxLayout()
            pair.addWidget(label)
            pair.addWidget(combo)
            self._choices.addLayout(pair, 1)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.source = text("", "small", wrap=True)
        column.addWidget(self.words)
        column.addStretch(1)
        column.addWidget(self.source)
        self.area = scrolled("talking_area", inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # arrows scroll what the office wrote
        self.area.viewport().setAutoFillBackground(False)
        self.column.addWidget(self.area, 1)

    def _build_foot(self) -> None:
        """What can be done with it."""
        theme = self._context.theme
        self.print_button = Button(theme, "", "", "printer", small=True)
        self.print_button.setObjectName("print_leaflet_button")
        self.back_button = Button(theme, "", "ghost", "arrow-left", small=True)
        self.back_button.setObjectName("talking_back_button")
        self.back_button.hide()
        row = QHBoxLayout()
        row.addWidget(self.print_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.print_button.clicked.connect(self.print_leaflet)
        self.back_button.clicked.connect(self.closed)

    def follow(self, topic: str, audience: str = "") -> None:
        """Show this topic, and the audience if one is given."""
        for combo, code in ((self.topic, topic), (self.audience, audience)):
            at = combo.findData(code) if code else -1
            if at >= 0:
                combo.setCurrentIndex(at)
        self._show()

    def print_leaflet(self) -> None:
        """Ask for a file and write there what is shown, as a leaflet to leave with people."""
        from progressus_desktop.gui.printing import print_document

        if self._found is not None:
            print_document(self._context, self, reporting_kinds.LEAFLET.name, self._found.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves it where it stands over the form."""
        if event.key() == Qt.Key.Key_Escape and self._over:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def set_over(self, *, over: bool) -> None:
        """Whether it stands in place of the form, with a way back."""
        if over == self._over:
            return
        self._over = over
        way = QBoxLayout.Direction.LeftToRight if over else QBoxLayout.Direction.TopToBottom
        self._choices.setDirection(way)
        self.back_button.setVisible(over)
        self._head.setVisible(not over)  # the button that opened it said so
        self.restyle()

    def _committed(self, done: Committed) -> None:
        if any(entity == "talking_point" for entity, _id in done.records):
            self._show()

    def _show(self) -> None:
        topic, audience = str(self.topic.currentData() or ""), str(self.audience.currentData() or "")
        found = self._found = texts.talking_point(self._context.ws, topic, audience)
        if found is None:
            nothing = _("The project office wrote nothing for this topic and audience yet.")
            self.words.setText(f"<p>{escape(nothing)}</p>")
            self.source.setText("")
        else:
            # Qt's indent of lists does not grow with the text; the bullet left of the words does
            self.words.setText(as_html(found.text, 32 - self._context.theme.px(10)))
            day = f"{local(found.changed_ms):%d.%m.%Y}"
            self.source.setText(_("Text of the project office of {day}", day=day))
        self.source.setVisible(found is not None)
        self.print_button.setVisible(found is not None)
        self.area.setAccessibleDescription(found.text if found is not None else "")
        self.changed.emit()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        if self._over:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(self._context.theme.px(_WIDTH))
        self._show()

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        chosen = str(self.topic.currentData() or _TOPIC), str(self.audience.currentData() or _AUDIENCE)
        self.title.setText(_("What to say?"))
        self.area.setAccessibleName(_("What to say?"))
        self.print_button.set_text(_("Print the leaflet"))
        self.back_button.set_text(_("Back to the form"))
        self.topic_label.setText(_("Topic"))
        self.audience_label.setText(_("Audience"))
        self.topic.clear()
        for item in codelists.items("topic"):
            self.topic.addItem(f"{item.code} {item.short}", item.code)
        self.audience.clear()
        for item in codelists.items("participant_role"):
            self.audience.addItem(item.label, item.code)
        self.restyle()
        self.follow(*chosen)
