"""A menu in which columns are shown and hidden; it stays open while one chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from approvalsim_ui import theme
from approvalsim_ui.register_fields import RARE, Group

translate = QCoreApplication.translate


class _StayingMenu(QMenu):
    """A menu that is not closed by what it switches."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch, and stay."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


class ColumnChooser(QToolButton):
    """A button with the menu of columns."""

    chosen = Signal(frozenset)
    """The keys of the groups that are hidden now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hidden: frozenset[str] = RARE
        self._groups: tuple[Group, ...] = ()
        self.switches: dict[str, QAction] = {}
        self.choice = _StayingMenu(self)
        self.setMenu(self.choice)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        theme.set_role(self, "flat")
        self.retranslate()

    def show_groups(self, groups: Sequence[Group], hidden: frozenset[str]) -> None:
        """Offer these."""
        if (tuple(groups), hidden) == (self._groups, self.hidden):
            return
        self._groups, self.hidden = tuple(groups), hidden
        self._fill()

    def _fill(self) -> None:
        self.choice.clear()
        self.switches = {}
        for section, title in self._titles().items():
            of_section = [group for group in self._groups if group.section == section]
            if of_section:
                self.choice.addSection(title)
            for group in of_section:
                switch = self.choice.addAction(group.title.replace("&", "&&"))
                switch.setCheckable(True)
                switch.setChecked(group.key not in self.hidden)
                switch.toggled.connect(self._tell)
                self.switches[group.key] = switch

    def _titles(self) -> dict[str, str]:
        return {
            "fields": translate("ColumnChooser", "Columns"),
            "steps": translate("ColumnChooser", "Dates of each stage"),
            "stages": translate("ColumnChooser", "Stages"),
            "milestones": translate("ColumnChooser", "Milestones"),
            "own": translate("ColumnChooser", "Your own columns"),
        }

    def _tell(self) -> None:
        here = set(self.switches)
        off = {key for key, switch in self.switches.items() if not switch.isChecked()}
        self.hidden = (self.hidden - here) | off
        self.chosen.emit(self.hidden)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.setText(translate("ColumnChooser", "Columns"))
        self.setToolTip(translate("ColumnChooser", "Which columns are shown"))
        self.setAccessibleName(self.toolTip())
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
