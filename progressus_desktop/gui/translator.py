"""Qt's own requests for words go to the same catalogue as ours, and Qt's standard buttons to its shipped one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from progressus_desktop import words


class Catalogue(QTranslator):
    """Answers for texts of ``.ui`` files; for unknown ones None, because an empty string would blank Qt's own."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The text of ``source`` in the language in force, or None."""
        del context, disambiguation, n
        found = words._(source) if source and "{" not in source else source
        return found if found != source else None

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never empty: Qt does not ask empty ones."""
        return False


class Languages(QObject):
    """Switches the language of everything at once."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._ours, self._qt = Catalogue(self), QTranslator(self)
        app.installTranslator(self._qt)
        app.installTranslator(self._ours)

    def use(self, code: str) -> None:
        """Speak ``code`` ("pl" or "en"; empty means the system's, else Polish) from now on."""
        language = code or ("en" if QLocale.system().name().startswith("en_GB") else words.DEFAULT_LANGUAGE)
        words.use_language(language)
        QLocale.setDefault(QLocale("pl_PL" if words.language() == "pl" else "en_GB"))
        self._app.removeTranslator(self._qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if words.language() == "pl" and self._qt.load("qtbase_pl", folder):
            self._app.installTranslator(self._qt)
            self._app.removeTranslator(self._ours)
            self._app.installTranslator(self._ours)
