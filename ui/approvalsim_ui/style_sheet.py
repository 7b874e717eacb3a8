"""What the palette cannot say: the looks of roles, and the shapes of a few standard widgets."""

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QToolTip { color: $text; background: $panel; border: 1px solid $border; padding: 4px; }
QFrame[role="card"] { background: $panel; border: 1px solid $border; border-radius: 8px; }
QFrame[role="tour"] { background: $panel; border: 2px solid $focus; border-radius: 10px; }
QWidget[role="list"] { background: $panel; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="number"] { font-size: 20pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="side-a"] { color: $side_a; font-weight: 600; }
QLabel[role="side-b"] { color: $side_b; font-weight: 600; }
QLabel[role="good"], QFrame[role="good"] {
    background: $good_soft; border-radius: 6px; padding: 2px 6px; }
QLabel[role="warn"], QFrame[role="warn"] {
    background: $warn_soft; border-radius: 6px; padding: 2px 6px; }
QLabel[role="bad"], QFrame[role="bad"] {
    background: $bad_soft; border-radius: 6px; padding: 2px 6px; }
QLabel[role="info"], QFrame[role="info"] {
    background: $side_a_soft; border-radius: 6px; padding: 2px 6px; }
QPushButton { padding: 5px 14px; border: 1px solid $border; border-radius: 6px;
    background: $raised; }
QPushButton:hover { border-color: $focus; }
QPushButton:pressed, QPushButton:checked { background: $selection; color: $selection_text; }
QPushButton:disabled { color: $muted; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton[role="primary"] { background: $focus; color: $panel; border-color: $focus; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="flat"], QToolButton[role="flat"] { background: transparent;
    border: 1px solid transparent; border-radius: 6px; padding: 4px 8px; }
QPushButton[role="flat"]:hover, QToolButton[role="flat"]:hover { background: $raised; }
QPushButton[role="flat"]:focus, QToolButton[role="flat"]:focus { border: 1px solid $focus; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $link;
    padding: 2px 4px; text-align: left; text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid $focus; }
QFrame[role="rail"] { background: $panel; border: none; border-right: 1px solid $border; }
QToolButton[role="rail"] { border: 1px solid transparent; border-radius: 8px; padding: 2px;
    background: transparent; }
QToolButton[role="rail"]:hover { background: $raised; }
QToolButton[role="rail"]:checked { background: $selection; color: $selection_text;
    font-weight: 600; }
QToolButton[role="rail"]:focus { border-color: $focus; }
QFrame[role="strip"] { background: $panel; border: none; border-bottom: 1px solid $border; }
QLabel[role="badge-a"], QLabel[role="badge-b"] { color: $panel; font-weight: 700;
    border-radius: 4px; padding: 3px 8px; }
QLabel[role="badge-a"] { background: $side_a; }
QLabel[role="badge-b"] { background: $side_b; }
QPushButton[role="chip"] { border-radius: 12px; padding: 4px 12px; background: transparent; }
QPushButton[role="chip"]:checked { background: $selection; color: $selection_text;
    border-color: $focus; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 3px 11px; }
QToolBar { border: none; padding: 0; margin: 0; spacing: 0; background: $panel; }
QComboBox { padding: 4px 8px; border: 1px solid $border; border-radius: 6px; background: $panel; }
QComboBox:focus, QComboBox:on { border-color: $focus; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; border-left: 4px solid $panel;
    border-right: 4px solid $panel; border-top: 5px solid $muted; margin-right: 8px; }
QDockWidget { font-weight: 600; }
QDockWidget::title { background: $panel; padding: 8px 10px; border-bottom: 1px solid $border; }
QProgressBar { border: none; border-radius: 3px; background: $raised; }
QProgressBar::chunk { border-radius: 3px; background: $focus; }
QCheckBox::indicator:unchecked, QTableView::indicator:unchecked { width: 12px; height: 12px;
    border: 1px solid $muted; border-radius: 3px; background: $panel; }
QHeaderView::section { background: $raised; border: none; border-right: 1px solid $border;
    border-bottom: 1px solid $border; padding: 5px 8px; font-weight: 600; }
QTableView, QTreeView, QListView { border: 1px solid $border; gridline-color: $grid;
    selection-background-color: $selection; selection-color: $selection_text; }
QLineEdit, QAbstractSpinBox { min-height: 26px; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $selection; }
QStatusBar { background: $panel; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QMenuBar { background: $panel; border-bottom: 1px solid $border; }
QScrollArea { border: none; background: transparent; }
""")


def style_sheet(colours: Mapping[str, str]) -> str:
    """The style sheet in these colours (``#rrggbb``), by their names in `theme.Colours`."""
    return _SHEET.substitute(colours)
