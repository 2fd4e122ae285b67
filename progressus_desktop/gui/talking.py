"""The panel "What to say?" beside topics and contacts: the office's arguments for one topic and audience."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Card, IconLabel, text
from progressus_desktop.services import texts
from progressus_desktop.words import _

_WIDTH = 276
_TOPIC, _AUDIENCE = "T3", "employer"


def as_html(words: str) -> str:
    """Lines as paragraphs: one that begins with "- " is a point, one that ends with ":" a head in bold."""
    out: list[str] = []
    for line in (each.strip() for each in words.splitlines()):
        point = line.startswith(("- ", "• "))
        if out and out[-1] != "</ul>" and out[-1].startswith("<li") and not point:
            out.append("</ul>")
        if point:
            if not out or not out[-1].startswith("<li"):
                out.append('<ul style="margin-left: -22px">')
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

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "soft")
        self.setParent(parent)
        self._context = context
        self.setObjectName("talking_panel")
        head = QHBoxLayout()
        head.addWidget(IconLabel(context.theme, "message-square", "accent", 20))
        self.title = text("", "h2", wrap=True)
        head.addWidget(self.title, 1)
        self.column.addLayout(head)
        self.topic_label, self.topic = text("", "label"), QComboBox()
        self.audience_label, self.audience = text("", "label"), QComboBox()
        for label, combo, name in (
            (self.topic_label, self.topic, "talking_topic"),
            (self.audience_label, self.audience, "talking_audience"),
        ):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
            label.setBuddy(combo)
            combo.activated.connect(lambda _row: self._show())
            self.column.addWidget(label)
            self.column.addWidget(combo)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside = QWidget()
        inside.setProperty("k", "page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addStretch(1)
        area.setWidget(inside)
        self.column.addWidget(area, 1)
        self.source = text("", "small", wrap=True)
        self.column.addWidget(self.source)
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def follow(self, topic: str, audience: str = "") -> None:
        """Show this topic, and the audience if one is given."""
        for combo, code in ((self.topic, topic), (self.audience, audience)):
            at = combo.findData(code) if code else -1
            if at >= 0:
                combo.setCurrentIndex(at)
        self._show()

    def _committed(self, done: Committed) -> None:
        if any(entity == "talking_point" for entity, _id in done.records):
            self._show()

    def _show(self) -> None:
        topic, audience = str(self.topic.currentData() or ""), str(self.audience.currentData() or "")
        found = texts.talking_point(self._context.ws, topic, audience)
        if found is None:
            nothing = _("The project office wrote nothing for this topic and audience yet.")
            self.words.setText(f"<p>{escape(nothing)}</p>")
            self.source.setText("")
        else:
            self.words.setText(as_html(found.text))
            day = f"{local(found.changed_ms):%d.%m.%Y}"
            self.source.setText(_("Text of the project office of {day}", day=day))
        self.source.setVisible(found is not None)
        self.changed.emit()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        self.setFixedWidth(self._context.theme.px(_WIDTH))

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        chosen = str(self.topic.currentData() or _TOPIC), str(self.audience.currentData() or _AUDIENCE)
        self.title.setText(_("What to say?"))
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
