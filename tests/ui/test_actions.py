"""The menus hold every action, and no two share a key."""

from collections import Counter

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from approvalsim_ui.actions import Actions


def test_every_action_stands_in_a_menu_with_a_name_and_a_key_of_its_own(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.fill(window.menuBar())
    for action in actions:
        assert action.text(), action.objectName()
        assert action.associatedObjects(), action.objectName()
    keys = Counter(action.shortcut().toString() for action in actions)
    assert [key for key, count in keys.items() if key and count > 1] == []


def test_letters_of_one_menu_are_different(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.fill(window.menuBar())
    for menu in (window.menuBar(), *actions.menus.values()):
        letters = [
            text[text.index("&") + 1].lower()
            for text in (entry.text() for entry in menu.actions())
            if "&" in text
        ]
        assert len(set(letters)) == len(letters), letters
