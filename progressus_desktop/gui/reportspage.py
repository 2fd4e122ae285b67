"""Everything that can be printed: which document, about what, what it will lack, how its pages look, where it goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Job, Progress
from progressus_desktop.gui.mending import mend
from progressus_desktop.gui.pagepreview import PagePreview
from progressus_desktop.gui.parts import Button, Card, scrolled, text
from progressus_desktop.gui.reportlacks import LackList
from progressus_desktop.gui.reportsubject import Subject
from progressus_desktop.gui.saving import ask_target, file_name, open_file
from progressus_desktop.gui.soon import RereadPage
from progressus_desktop.gui.widths import BESIDE, COMPACT
from progressus_desktop.services.reporting_kinds import HTML, KINDS, PDF, TEXT, XLSX, Kind, kind
from progressus_desktop.services.reporting_source import Asked
from progressus_desktop.words import LANGUAGES, N_, _

_LANGUAGES = {"pl": N_("Polish"), "en": N_("English")}
_FILES = {
    PDF: N_("PDF files (*.pdf)"), TEXT: N_("Text files (*.txt)"), HTML: N_("Web pages (*.html)"),
    XLSX: N_("Excel workbook (*.xlsx)"),
}  # fmt: skip
_KEY = "report-saved"
_LEAST_LIST, _LEAST_SUBJECT = 92, 230


class ReportsPage(RereadPage):
    """Left the documents, in the middle what one is about and what it lacks, right its pages."""

    left = Signal()
    """A report begins: drafts must be committed first (the shell ends the visit)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("reports_page")
        self.job: Job | None = None
        self._record = ""
        self._build()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._chosen()

    def _build(self) -> None:
        theme = self._context.theme
        self.name = text("", "h1")
        self.documents = QListWidget()
        self.documents.setObjectName("report_documents")
        self.documents.setWordWrap(True)
        self.documents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.subject = Subject(self._context)
        self.language = QComboBox()
        self.language.setObjectName("report_language")
        self.language_label = QLabel()
        self.language_label.setBuddy(self.language)
        self.large, self.plain, self.landscape = QCheckBox(), QCheckBox(), QCheckBox()
        self.large.setObjectName("report_large_print")
        self.plain.setObjectName("report_plain_language")
        self.landscape.setObjectName("report_landscape")
        self.person = QLineEdit()
        self.person.setObjectName("report_person")
        self.person_label = QLabel()
        self.person_label.setBuddy(self.person)
        self.lacks = LackList(theme)
        self.save_button = Button(theme, "", "primary", "download")
        self.save_button.setObjectName("save_report_button")
        self.text_button, self.page_button = Button(theme, "", "", "file-text"), Button(theme, "", "", "external-link")
        self.copy_button = Button(theme, "", "", "copy")
        self.sheet_button = Button(theme, "", "", "file-spreadsheet")
        self.text_button.setObjectName("save_text_button")
        self.page_button.setObjectName("save_page_button")
        self.copy_button.setObjectName("copy_note_button")
        self.sheet_button.setObjectName("save_sheet_button")
        self.preview = PagePreview(self._context)
        self._list_card, self._card, self._preview_card = Card(theme), Card(theme), Card(theme)
        self._title = text("", "h2")

    def _lay_out(self) -> None:
        self._list_card.column.addWidget(self.documents)
        self._preview_card.column.addWidget(self.preview)
        how = self._how = QHBoxLayout()
        ways = (self.large, self.landscape, self.plain)
        for part in (self.language_label, self.language, *ways, self.person_label, self.person):
            how.addWidget(part)
        how.addStretch(1)
        buttons = self._buttons = QHBoxLayout()
        for button in (self.save_button, self.sheet_button, self.text_button, self.page_button, self.copy_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = self._card.column
        column.addWidget(self._title)
        column.addWidget(self.subject, 1)
        column.addLayout(how)
        column.addWidget(self.lacks)
        column.addLayout(buttons)
        inside = QWidget()
        self._halves = QHBoxLayout(inside)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self._list_card, 4)
        self._halves.addWidget(self._card, 11)
        self._halves.addWidget(self._preview_card, 8)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.name)
        self._column.addWidget(scrolled("reports_area", inside), 1)

    def _connect(self) -> None:
        self.documents.currentRowChanged.connect(lambda _row: self._chosen())
        self.subject.changed.connect(self.read_soon)
        self.subject.opened.connect(self.save_pdf)
        self.language.currentIndexChanged.connect(lambda _at: self.read_soon())
        self.large.toggled.connect(lambda _on: self.read_soon())
        self.plain.toggled.connect(lambda _on: self.read_soon())
        self.landscape.toggled.connect(lambda _on: self.read_soon())
        self.person.editingFinished.connect(self.read_soon)
        self.save_button.clicked.connect(self.save_pdf)
        self.text_button.clicked.connect(lambda: self.save(TEXT))
        self.page_button.clicked.connect(lambda: self.save(HTML))
        self.copy_button.clicked.connect(self.copy)
        self.sheet_button.clicked.connect(lambda: self.save(XLSX))
        self.lacks.asked.connect(lambda lack: mend(self._context, lack))
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- choosing -----------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The document chosen."""
        item = self.documents.currentItem()
        return kind(str(item.data(Qt.ItemDataRole.UserRole))) or KINDS[0] if item else KINDS[0]

    def choose(self, name: str, record_id: str = "") -> None:
        """Show a document, about a record if one is given."""
        for row in range(self.documents.count()):
            if self.documents.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.documents.setCurrentRow(row)
        if record_id:
            self.subject.choose(record_id)
        self.read_again()

    def open(self, record_id: str) -> None:
        """Ask about this record once the document is chosen."""
        self._record = record_id

    def go_to(self, name: str) -> None:
        """Show the document called ``name``, about the record that was opened."""
        self.choose(name, self._record)

    def _chosen(self) -> None:
        chosen = self.kind
        self._title.setText(_(chosen.label))
        self.large.setVisible(chosen.large_print)
        self.plain.setVisible(chosen.plain)
        self.landscape.setVisible(chosen.landscape)
        named = chosen.name == "form-certificate"
        self.person.setVisible(named)
        self.person_label.setVisible(named)
        self.text_button.setVisible(TEXT in chosen.forms)
        self.page_button.setVisible(HTML in chosen.forms)
        self.copy_button.setVisible(HTML in chosen.forms)
        self.sheet_button.setVisible(XLSX in chosen.forms)
        self.subject.show_kind(chosen)
        self.read_soon()

    def asked(self, form: str = PDF) -> Asked:
        """All that is asked for."""
        chosen = self.kind
        return replace(
            self.subject.asked(),
            form=form,
            large_print=chosen.large_print and self.large.isChecked(),
            plain=chosen.plain and self.plain.isChecked(),
            landscape=chosen.landscape and self.landscape.isChecked(),
            name=self.person.text() if self.person.isVisibleTo(self) else "",
        )

    def read_again(self) -> None:
        """See what the report will lack and how it looks."""
        from progressus_desktop.services.reporting_lacks import lacks

        asked = self.asked()
        self.lacks.show_lacks(lacks(self._context.ws, self.kind.name, asked))
        self.preview.ask(self.kind.name, asked, str(self.language.currentData() or ""))

    def _committed(self, done: Committed) -> None:
        self.subject.refresh(done)
        self.read_soon()

    # -- saving -------------------------------------------------------------------------------------------

    def save_pdf(self) -> None:
        """Ask for a place and write the report there as PDF."""
        self.save(PDF)

    def save(self, form: str) -> None:
        """Ask for a place and write the report there in one of its forms."""
        self.left.emit()
        name = file_name(_(self.kind.stem, code=self.subject.code()).strip(), f".{form}")
        ask_target(self, _(self.kind.label), name, _(_FILES[form]), self.export)

    def export(self, target: Path) -> Job:
        """Write the report beside the work; a banner with *Open* tells when it is there."""
        from progressus_desktop.services import reporting

        context, chosen, asked, lang = (
            self._context,
            self.kind.name,
            self.asked(),
            str(self.language.currentData() or ""),
        )

        def work(_progress: Progress) -> Path:
            return reporting.write(context.ws, chosen, target, asked, lang)

        self.job = context.jobs.start(context.bus, _("Saving a report"), work, self._saved, context.notify.error)
        return self.job

    def _saved(self, target: Path) -> None:
        title = _("Saved {name}", name=target.name)
        self._context.notify.banner("ok", title, str(target.parent), _("Open"), lambda: open_file(target), _KEY)

    def copy(self) -> None:
        """Put the note on the clipboard, as a page for editors and as text for the rest."""
        from progressus_desktop.services import reporting

        lang, ws = str(self.language.currentData() or ""), self._context.ws
        try:
            words, page = (reporting.made(ws, self.kind.name, self.asked(form), lang) for form in (TEXT, HTML))
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        data = QMimeData()
        data.setText(words.decode("utf-8"))
        data.setHtml(page.decode("utf-8"))
        QGuiApplication.clipboard().setMimeData(data)
        self._context.notify.banner("ok", _("Copied"), _("Paste it where the news is written."), key=_KEY)

    # -- what the shell asks ---------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Reports")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.documents

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return self.documents, self.subject, self.save_button

    def actions_here(self) -> dict[str, object]:
        """What menus and shortcuts may ask."""
        return {"print": self.save_pdf, "export": self.save_pdf}

    def relayout(self, logical_width: int) -> None:
        """Where there is little room the preview goes, then everything stands below each other."""
        compact = logical_width < COMPACT
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight)
        self._preview_card.setVisible(logical_width >= BESIDE)
        for row in (self._how, self._buttons):
            row.setDirection(QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight)
        self.subject.setMinimumHeight(self._context.theme.px(_LEAST_SUBJECT) if compact else 0)
        self.documents.setMinimumHeight(self._context.theme.px(_LEAST_LIST) if compact else 0)
        self.documents.setMaximumHeight(self._context.theme.px(110) if compact else 16777215)
        self.subject.relayout(compact=compact, wide=False)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(20)
        self._column.setContentsMargins(side, theme.space(12), side, theme.space(12))
        self._column.setSpacing(theme.space(10))
        self._halves.setSpacing(theme.space(12))
        self._how.setSpacing(theme.space(8))
        self._buttons.setSpacing(theme.space(8))
        self.documents.setMinimumWidth(theme.px(216))
        self.subject.restyle()
        self.preview.restyle()

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        chosen, row = self.language.currentData(), max(0, self.documents.currentRow())
        self.name.setText(_("Reports"))
        with QSignalBlocker(self.documents), QSignalBlocker(self.language):
            self.documents.clear()
            for each in KINDS:
                item = QListWidgetItem(_(each.label))
                item.setData(Qt.ItemDataRole.UserRole, each.name)
                self.documents.addItem(item)
            self.documents.setCurrentRow(row)
            self.language.clear()
            for code in LANGUAGES:
                self.language.addItem(_(_LANGUAGES[code]), code)
            self.language.setCurrentIndex(max(0, self.language.findData(chosen)))
        self.documents.setAccessibleName(_("What to print"))
        self.language_label.setText(_("Langua&ge of the print"))
        self.large.setText(_("&Large print"))
        self.plain.setText(_("In plain language"))
        self.landscape.setText(_("Landscape, with remarks"))
        self.person_label.setText(_("For whom"))
        self.person.setPlaceholderText(_("E.g. {example}", example="Anna Przykładna; Jan Przykładny"))
        self.save_button.set_text(_("&Save PDF"))
        self.text_button.set_text(_("Save text"))
        self.page_button.set_text(_("Save web page"))
        self.copy_button.set_text(_("Copy"))
        self.sheet_button.set_text(_("Save to Excel"))
        self._title.setText(_(self.kind.label))
        self.subject.retranslate()
        self.lacks.retranslate()
        self.preview.retranslate()
        self.restyle()
