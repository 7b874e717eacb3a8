"""The language of the app, changed while it runs; and how that language writes numbers and dates.

Sources are written in English; Chinese comes from ``resources/i18n``. On a change every widget
gets a `LanguageChange` event and sets its texts anew.
"""

from datetime import date
from typing import Literal

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLibraryInfo, QLocale, QTranslator

from approvalsim.evidence import Text
from approvalsim.language import machine_language
from approvalsim_ui.theme import RESOURCES

Language = Literal["zh", "en"]

_current: list[Language] = ["zh" if machine_language() == "zh" else "en"]
_installed: list[QTranslator] = []


def current() -> Language:
    """The language spoken now."""
    return _current[0]


def use(app: QCoreApplication, language: Language) -> None:
    """Speak a language from now on; open windows are told."""
    while _installed:
        app.removeTranslator(_installed.pop())
    _current[0] = language
    QLocale.setDefault(locale())
    if language == "zh":
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase_zh_CN", qt), ("approvalsim_zh_CN", str(RESOURCES / "i18n"))):
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
                _installed.append(translator)
    # Installing tells the windows, but there may be nothing to install: dates change all the same.
    QCoreApplication.postEvent(app, QEvent(QEvent.Type.LanguageChange))


_LOCALES: dict[Language, QLocale] = {
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


def locale() -> QLocale:
    """How the language writes numbers and dates."""
    return _LOCALES[current()]


def words(text: Text | None, otherwise: str = "") -> str:
    """A text of a scenario in the language spoken now."""
    return otherwise if text is None else text.in_language(current())


def number(value: float, decimals: int = 1) -> str:
    """A number with so many decimals, a proper minus sign and no grouping below ten thousand."""
    rounded = round(float(value), decimals) + 0.0  # never "−0.0"
    written = locale().toString(rounded, "f", decimals)
    if abs(value) < 10_000:
        written = written.replace(locale().groupSeparator(), "")
    return written.replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """A share as a percentage."""
    return number(share * 100, decimals) + ("\N{NO-BREAK SPACE}%" if current() == "en" else "%")


def day(when: date) -> str:
    """A date: 2022年12月31日, 31 Dec 2022."""
    pattern = "yyyy年M月d日" if current() == "zh" else "d MMM yyyy"
    return locale().toString(QDate(when.year, when.month, when.day), pattern)
