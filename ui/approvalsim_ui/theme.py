"""Looks: colours by what they mean, light and dark; fonts; icons in the colour of the text.

Widgets that paint ask `colours` whenever they paint, or in `changeEvent` on a `PaletteChange`.
Widgets that do not paint get their looks from a *role*, see `set_role`.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from approvalsim_ui.style_sheet import style_sheet

Theme = Literal["light", "dark"]
RESOURCES = Path(__file__).parent / "resources"

POINT_SIZE = 10.5
"""The smallest text anywhere; see `text_font` for larger ones."""

FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
"""Families that have Chinese and Latin letters, in order of preference."""


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Colours by what they mean. ``…_soft`` is the same as a background under text."""

    theme: Theme
    window: QColor
    """Behind everything."""
    panel: QColor
    """Cards, tables, charts: what holds content."""
    raised: QColor
    """Buttons, headers, hovered rows."""
    border: QColor
    grid: QColor
    """Lines inside charts and tables; fainter than `border`."""
    text: QColor
    muted: QColor
    """Secondary text, still readable on `window` and `panel`."""
    side_a: QColor
    side_a_soft: QColor
    side_b: QColor
    side_b_soft: QColor
    good: QColor
    good_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    selection: QColor
    selection_text: QColor
    focus: QColor
    link: QColor
    critical: QColor
    """The path that binds."""
    departments: tuple[QColor, ...]
    """By position in the scenario, see `department`; told apart by the colour-blind."""

    def department(self, position: int | None) -> QColor:
        """The colour of a department by its position in the scenario; grey for none."""
        return (
            self.muted if position is None else self.departments[position % len(self.departments)]
        )


def _colours(theme: Theme, departments: str, **named: str) -> Colours:
    several = tuple(QColor(name) for name in departments.split())
    return Colours(
        theme=theme,
        departments=several,
        **{name: QColor(value) for name, value in named.items()},
    )


LIGHT = _colours(
    "light",
    # After Paul Tol's muted scheme, made to stand on white.
    "#332288 #117733 #AA4499 #44AA99 #882255 #999933 #CC6677 #5FA8CE #7A6A53 #4B4B4B",
    window="#F3F5F8",
    panel="#FFFFFF",
    raised="#E9EDF3",
    border="#C9D1DC",
    grid="#E2E7EE",
    text="#1B2430",
    muted="#566274",
    side_a="#1F6FB5",
    side_a_soft="#DCEBF8",
    side_b="#C75B00",
    side_b_soft="#FCE8D5",
    good="#1B7F4B",
    good_soft="#DDF2E6",
    warn="#8F6400",
    warn_soft="#FBF0CF",
    bad="#B3261E",
    bad_soft="#FBE3E1",
    selection="#CFE2F5",
    selection_text="#12263A",
    focus="#1F6FB5",
    link="#175C9A",
    critical="#9C1F5C",
)

DARK = _colours(
    "dark",
    "#8F86E8 #5DBB7B #D88BCB #6FD0C0 #D9739F #C9C86A #E8929B #9AD3F2 #BFAE93 #B9C0C9",
    window="#161B22",
    panel="#1F262F",
    raised="#2A323D",
    border="#3D4754",
    grid="#303945",
    text="#E7ECF2",
    muted="#A3AFBD",
    side_a="#62B0F4",
    side_a_soft="#1D3A56",
    side_b="#FFA04D",
    side_b_soft="#4E3218",
    good="#63C98F",
    good_soft="#1C3D2B",
    warn="#E6BE4F",
    warn_soft="#433714",
    bad="#FF8A80",
    bad_soft="#4D2422",
    selection="#2B4E70",
    selection_text="#F2F7FC",
    focus="#62B0F4",
    link="#82BEF7",
    critical="#F277B0",
)

_current: list[Colours] = [LIGHT]


def colours() -> Colours:
    """The colours of the theme now in use."""
    return _current[0]


def current() -> Theme:
    """The theme now in use."""
    return colours().theme


def apply(app: QApplication, theme: Theme | Literal["system"]) -> None:
    """Give the whole app a theme; ``system`` follows what the desktop prefers."""
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        theme = "dark" if dark else "light"
    _current[0] = DARK if theme == "dark" else LIGHT
    if app.style().name().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(text_font())
    app.setPalette(_palette(colours()))
    app.setStyleSheet(style_sheet(_names(colours())))


def _names(colours: Colours) -> dict[str, str]:
    every = vars(colours).items()
    return {name: value.name() for name, value in every if isinstance(value, QColor)}


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in {
        role.Window: c.window,
        role.WindowText: c.text,
        role.Base: c.panel,
        role.AlternateBase: c.window,
        role.Text: c.text,
        role.PlaceholderText: c.muted,
        role.Button: c.raised,
        role.ButtonText: c.text,
        role.BrightText: c.bad,
        role.ToolTipBase: c.panel,
        role.ToolTipText: c.text,
        role.Highlight: c.selection,
        role.HighlightedText: c.selection_text,
        role.Link: c.link,
        role.LinkVisited: c.link,
        role.Light: c.panel,
        role.Midlight: c.raised,
        role.Mid: c.border,
        role.Dark: c.border,
        role.Shadow: c.border,
    }.items():
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, c.muted)
    return palette


# --- fonts -------------------------------------------------------------------------------------


def text_font(scale: float = 1.0, *, bold: bool = False) -> QFont:
    """The app's font, ``scale`` times its usual size."""
    font = QFont()
    font.setFamilies(_families())
    font.setPointSizeF(POINT_SIZE * scale)
    font.setBold(bold)
    return font


@lru_cache(maxsize=1)
def _families() -> list[str]:
    """The first preferred family there is, then the system's own."""
    known = set(QFontDatabase.families())
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return [*[name for name in FAMILIES if name in known][:1], own]


def has_chinese_font() -> bool:
    """Whether Chinese can be shown: without such a font every character is a box."""
    if QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return True
    return QFontMetrics(text_font()).inFontUcs4(ord("容"))


def load_font_package() -> bool:
    """Load the optional font package, if it is installed; gives whether it is there."""
    try:
        from pylopdf_fonts_zh_cn import sans_path  # noqa: PLC0415
    except ImportError:
        return False
    loaded = QFontDatabase.addApplicationFont(str(sans_path()))
    _families.cache_clear()
    return loaded >= 0


# --- roles and icons ---------------------------------------------------------------------------

Role = Literal[
    "rail",  # the navigation rail and its buttons
    "strip",  # a band across the window
    "tour",  # a card over the window
    "list",  # what is scrolled inside a card
    "card",  # a frame with content: panel colour, thin border, rounded
    "title",  # a label: large and bold
    "heading",  # a label: bold
    "number",  # a label: a figure one should see from afar
    "muted",  # a label: secondary text
    "badge-a",  # a label: a letter on the colour of side A
    "badge-b",
    "chip",  # a button: a ready-made choice
    "side-a",  # a label in the colour of side A
    "side-b",
    "good",  # a label with its background
    "warn",
    "bad",
    "info",
    "primary",  # a button: the one thing to do here
    "flat",  # a button without a frame
    "link",  # a button that looks like a link
]


def set_role(widget: QWidget, role: Role) -> None:
    """Give a widget the looks of a role, in every theme."""
    widget.setProperty("role", role)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it comes by itself
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """An icon of ``resources/icons`` in the colour of text, or in another.

    Raises `FileNotFoundError` where there is none. An icon keeps its colour: on a change of the
    theme ask for it again.
    """
    shade = colours().text if colour is None else colour
    return _icon(name, shade.name(), colours().muted.name())


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64):
        made.addPixmap(_pixmap(drawing, colour, size))
        made.addPixmap(_pixmap(drawing, disabled, size, 0.5), QIcon.Mode.Disabled)
    return made


def _pixmap(drawing: str, colour: str, size: int, opacity: float = 1.0) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
