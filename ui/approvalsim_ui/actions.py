"""Everything the menus offer: names, icons, keys. What an action does is connected elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from approvalsim_ui import theme

_Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class _Looks:
    """What does not depend on the language."""

    icon: str | None = None
    keys: QKeySequence.StandardKey | str | None = None
    is_switch: bool = False


_LOOKS = {
    "new": _Looks("new", _Keys.New),
    "open": _Looks("open", _Keys.Open),
    "save": _Looks("save", _Keys.Save),
    "save_as": _Looks(None, "Ctrl+Shift+S"),
    "duplicate": _Looks("duplicate", "Ctrl+D"),
    "export_report": _Looks(),
    "close": _Looks("close", "Ctrl+W"),
    "quit": _Looks(None, "Ctrl+Q"),
    "undo": _Looks("undo", _Keys.Undo),
    "redo": _Looks("redo", "Ctrl+Y"),
    "run": _Looks("run", "F5"),
    "cancel": _Looks("stop", "Esc"),
    "swap": _Looks("swap", "Ctrl+T"),
    "live": _Looks(None, None, is_switch=True),
    "copy_manifest": _Looks("copy", "Ctrl+Shift+C"),
    "library": _Looks("library", "Ctrl+L", is_switch=True),
    "evidence": _Looks("source", "Ctrl+E", is_switch=True),
    "check": _Looks("check", "Ctrl+K", is_switch=True),
    "run_settings": _Looks("settings", "Ctrl+,", is_switch=True),
    "theme_light": _Looks(None, None, is_switch=True),
    "theme_dark": _Looks(None, None, is_switch=True),
    "theme_system": _Looks(None, None, is_switch=True),
    "chinese": _Looks(None, None, is_switch=True),
    "english": _Looks(None, None, is_switch=True),
    "tour": _Looks("help", "F1"),
    "about": _Looks("info"),
}

_MENUS: dict[str, Sequence[str | None]] = {
    "file": (
        *("new", "open", "recent", "shipped", None),
        *("save", "save_as", "duplicate", None, "export_report", None),
        *("close", "quit"),
    ),
    "edit": ("undo", "redo"),
    "running": ("run", "cancel", None, "live", "swap", None, "run_settings", "copy_manifest"),
    "view": ("library", "evidence", "check", None, "theme", "language"),
    "theme": ("theme_light", "theme_dark", "theme_system"),
    "language": ("chinese", "english"),
    "help": ("tour", "about"),
    "recent": (),
    "shipped": (),
}
"""What each menu holds, in order; None draws a line, the name of a menu puts it inside."""

_TOP = ("file", "edit", "running", "view", "help")


class Actions(QObject):
    """The actions by name, and the menus that hold them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {name: QAction(self) for name in _LOOKS}
        self.menus: dict[str, QMenu] = {}
        for name, looks in _LOOKS.items():
            action = self._actions[name]
            action.setObjectName(name)
            action.setCheckable(looks.is_switch)
            if looks.keys is not None:
                action.setShortcut(QKeySequence(looks.keys))

    def __getitem__(self, name: str) -> QAction:
        """The action of a name, such as ``save``."""
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        """All of them."""
        return iter(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus into the bar."""
        self.menus = {name: QMenu(bar) for name in _MENUS}
        for name in _TOP:
            bar.addMenu(self.menus[name])
        for name, entries in _MENUS.items():
            for entry in entries:
                if entry is None:
                    self.menus[name].addSeparator()
                elif entry in self.menus:
                    self.menus[name].addMenu(self.menus[entry])
                else:
                    self.menus[name].addAction(self._actions[entry])
        self.retranslate()
        self.retheme()

    def retheme(self) -> None:
        """Take icons in the colours of the theme."""
        for name, looks in _LOOKS.items():
            if looks.icon:
                self._actions[name].setIcon(theme.icon(looks.icon))

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        for name, words in self._words().items():
            self._actions[name].setText(words)
        for name, words in self._titles().items():
            if name in self.menus:
                self.menus[name].setTitle(words)

    def _words(self) -> dict[str, str]:
        return {
            "new": self.tr("&New scenario"),
            "open": self.tr("&Open…"),
            "save": self.tr("&Save"),
            "save_as": self.tr("Save &as…"),
            "duplicate": self.tr("&Duplicate as variant"),
            "export_report": self.tr("Export repor&t…"),
            "close": self.tr("&Close scenario"),
            "quit": self.tr("&Quit"),
            "undo": self.tr("&Undo"),
            "redo": self.tr("&Redo"),
            "run": self.tr("&Run all replications"),
            "cancel": self.tr("S&top"),
            "swap": self.tr("S&wap A and B"),
            "live": self.tr("&Follow every edit at once"),
            "copy_manifest": self.tr("Copy &manifest"),
            "library": self.tr("&Scenario library"),
            "evidence": self.tr("&Evidence"),
            "check": self.tr("&Check"),
            "run_settings": self.tr("Run s&ettings"),
            "theme_light": self.tr("&Light"),
            "theme_dark": self.tr("&Dark"),
            "theme_system": self.tr("As the &system"),
            "chinese": "中文",
            "english": "English",
            "tour": self.tr("&Tour"),
            "about": self.tr("&About"),
        }

    def _titles(self) -> dict[str, str]:
        return {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "running": self.tr("&Run"),
            "view": self.tr("&View"),
            "help": self.tr("&Help"),
            "theme": self.tr("L&ooks"),
            "language": self.tr("&Language"),
            "recent": self.tr("&Recent files"),
            "shipped": self.tr("&Examples"),
        }
