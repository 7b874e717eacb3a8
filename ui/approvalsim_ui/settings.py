"""What the app remembers from one day to the next: looks, language, window, recent files.

Never how a scenario is computed: that is in the scenario, or in the settings of a run.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSettings

from approvalsim_ui.language import Language

LAYOUT = 1
"""Changes when the docks do; a layout of another number is not restored."""
MOST_RECENT = 10

ThemeChoice = Literal["light", "dark", "system"]


class Settings:
    """The settings file, by the meaning of its entries."""

    def __init__(self) -> None:
        self._file = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "approvalsim", "approvalsim"
        )

    @property
    def path(self) -> Path:
        """Where they lie."""
        return Path(self._file.fileName())

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark, or whatever the desktop prefers."""
        match self._file.value("looks/theme"):
            case "light":
                return "light"
            case "dark":
                return "dark"
            case _:
                return "system"

    @theme.setter
    def theme(self, theme: ThemeChoice) -> None:
        self._file.setValue("looks/theme", theme)

    @property
    def language(self) -> Language | None:
        """The language chosen; None where nobody has chosen."""
        match self._file.value("looks/language"):
            case "zh":
                return "zh"
            case "en":
                return "en"
            case _:
                return None

    @language.setter
    def language(self, language: Language) -> None:
        self._file.setValue("looks/language", language)

    @property
    def recent(self) -> list[Path]:
        """Files opened last, newest first; those that are gone are left out."""
        found = self._file.value("files/recent")
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [Path(name) for name in names if Path(name).is_file()]

    def remember(self, path: Path) -> None:
        """A file has been opened or saved."""
        others = [known for known in self.recent if known != path.resolve()]
        files = [path.resolve(), *others][:MOST_RECENT]
        self._file.setValue("files/recent", [str(file) for file in files])

    def forget_recent(self) -> None:
        """Forget all files."""
        self._file.remove("files/recent")

    @property
    def open_files(self) -> list[str]:
        """Files that were open when the window was closed last."""
        found = self._file.value("files/open")
        return [found] if isinstance(found, str) else list(found) if isinstance(found, list) else []

    @open_files.setter
    def open_files(self, paths: Iterable[Path]) -> None:
        self._file.setValue("files/open", [str(path.resolve()) for path in paths])

    @property
    def tour_seen(self) -> bool:
        """Whether the tour has been finished or skipped."""
        return str(self._file.value("tour/seen", "")) == "yes"

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._file.setValue("tour/seen", "yes" if seen else "no")

    @property
    def target(self) -> int | None:
        """Days from signing within which projects ought to be there; None for no target."""
        found = str(self._file.value("compare/target", ""))
        return int(found) if found.isdecimal() and found != "0" else None

    @target.setter
    def target(self, days: int | None) -> None:
        self._file.setValue("compare/target", "" if days is None else days)

    @property
    def graph_moves(self) -> bool:
        """Whether the graph glides from one picture to the next."""
        return str(self._file.value("graph/moves", "")) != "no"

    @graph_moves.setter
    def graph_moves(self, moves: bool) -> None:
        self._file.setValue("graph/moves", "yes" if moves else "no")

    @property
    def walk_glides(self) -> bool:
        """Whether a walk-through glides from event to event."""
        return str(self._file.value("walk/glides", "")) != "no"

    @walk_glides.setter
    def walk_glides(self, glides: bool) -> None:
        self._file.setValue("walk/glides", "yes" if glides else "no")

    @property
    def hidden_columns(self) -> frozenset[str] | None:
        """Groups of columns of the register that are not shown; None where nobody has chosen."""
        found = self._file.value("register/hidden")
        if found is None:
            return None
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return frozenset(str(name) for name in names if name)

    @hidden_columns.setter
    def hidden_columns(self, hidden: Iterable[str]) -> None:
        self._file.setValue("register/hidden", sorted(hidden))

    @property
    def window(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and layout of the window, if they are of this version."""
        geometry, layout = self._file.value("window/geometry"), self._file.value("window/layout")
        fits = str(self._file.value("window/version", "")) == str(LAYOUT)
        if fits and isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            return geometry, layout
        return None

    @window.setter
    def window(self, state: tuple[QByteArray, QByteArray]) -> None:
        geometry, layout = state
        self._file.setValue("window/version", LAYOUT)
        self._file.setValue("window/geometry", geometry)
        self._file.setValue("window/layout", layout)

    def save(self) -> None:
        """Write them now."""
        self._file.sync()
