"""Room in a table: columns as wide as they need, words bending first; rows that fill the height."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

_PADDING = 10
"""Pixels a cell needs beside its words."""


@dataclass(frozen=True)
class Column:
    """How wide a column may be: words bend between the two, numbers take what they need."""

    least: int = 40
    most: int = 260
    words: bool = False
    whole_words: bool = False
    """Whether words bend between words only; writing without blanks may break anywhere."""
    spare: int = 0
    """Where room is short, columns with the highest number go first; 0 stays."""


class TableFitter(QObject):
    """Keeps a table fitted to its place; one of its columns takes what is left.

    Rows are ``lines`` of text high, and up to half as high again where there is room; or, for few
    rows of many words, as high as what they hold.
    """

    fitted = Signal()

    def __init__(
        self,
        view: QTableView,
        columns: Sequence[Column],
        rest: int,
        *,
        lines: int,
        heading_lines: int = 0,
        by_content: bool = False,
    ) -> None:
        super().__init__(view)
        self._view, self._known, self._rest, self._lines = view, tuple(columns), rest, lines
        self._by_content = by_content
        self.more = Column()
        """What columns are like that a table has beyond those named."""
        header = view.horizontalHeader()
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        header.setDefaultAlignment(Qt.AlignmentFlag(int(wrapped) | int(Qt.TextFlag.TextWordWrap)))
        header.setFixedHeight(header.fontMetrics().lineSpacing() * (heading_lines or lines) + 9)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(36)
        view.viewport().installEventFilter(self)
        self._natural: list[int] = []
        self._bent: list[Column] = []
        model = view.model()
        model.dataChanged.connect(self._forget)
        model.modelReset.connect(self.fit)

    @property
    def _columns(self) -> tuple[Column, ...]:
        count = self._view.model().columnCount()
        return (*self._known, *[self.more] * count)[:count]

    def fit(self) -> None:
        """Measure what the columns hold, and set all widths anew."""
        self._natural = []
        self._fit()

    def _fit(self) -> None:
        view, columns = self._view, self._columns
        if len(self._natural) != len(columns):
            self._natural = [self._width(number) for number in range(len(columns))]
            self._bent = [self._bendable(number) for number in range(len(columns))]
        gone = {n for n, c in enumerate(columns) if not c.spare and view.isColumnHidden(n)}
        natural = [0 if n in gone else width for n, width in enumerate(self._natural)]
        widths = shared_out(natural, self._bent, self._rest, view.viewport().width())
        for number, width in enumerate(widths):
            if number not in gone:
                view.setColumnHidden(number, width == 0)
            if width:
                view.setColumnWidth(number, width)
        self._fit_rows()
        self.fitted.emit()

    def _forget(self) -> None:
        """What was measured no longer holds; widths follow when there is reason to move them."""
        self._natural = []

    def least_height(self) -> int:
        """The least height of a row."""
        spacing = self._view.fontMetrics().lineSpacing()
        return spacing * self._lines + (10 if self._lines == 1 else 4)

    def _fit_rows(self) -> None:
        rows = self._view.model().rowCount()
        least = self.least_height()
        room = self._view.viewport().height() // rows if rows else least
        height = min(max(room, least), least * 3 // 2)
        self._view.verticalHeader().setDefaultSectionSize(least if self._by_content else height)
        if self._by_content:
            self._view.resizeRowsToContents()

    def _width(self, number: int) -> int:
        """What a column would like to have."""
        column = self._columns[number]
        width = max(self._view.sizeHintForColumn(number), self._widest_word(number))
        return min(max(width, column.least), column.most)

    def _bendable(self, number: int) -> Column:
        """The column, as narrow as its words allow."""
        column = self._columns[number]
        if not column.whole_words:
            return column
        model, widest = self._view.model(), 0
        for row in range(model.rowCount()):
            index = model.index(row, number)
            font = index.data(Qt.ItemDataRole.FontRole)
            metrics = QFontMetrics(font if isinstance(font, QFont) else self._view.font())
            words = [word for word in str(index.data() or "").split() if word.isascii()]
            widest = max((widest, *(metrics.horizontalAdvance(word) for word in words)))
        return replace(column, least=min(max(column.least, widest + _PADDING), column.most))

    def _widest_word(self, column: int) -> int:
        """The room a heading needs when it is broken into lines."""
        header = self._view.horizontalHeader()
        font = header.font()
        font.setBold(True)
        words = str(self._view.model().headerData(column, Qt.Orientation.Horizontal)).split()
        metrics = QFontMetrics(font)
        return max((metrics.horizontalAdvance(word) for word in words), default=0) + 18

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the table has another width."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)


def shared_out(
    natural: Sequence[int], columns: Sequence[Column], rest: int, room: int
) -> list[int]:
    """Widths of columns that would like ``natural`` ones, in so much room; 0 for those that go.

    Words bend first, then columns that can be spared go; what is left over goes to ``rest``, or
    else to the first column.
    """
    widths = list(natural)
    least = [min(w, c.least) if c.words else w for w, c in zip(natural, columns, strict=True)]
    for number in sorted(range(len(columns)), key=lambda n: -columns[n].spare):
        if sum(least) <= room or not columns[number].spare:
            break
        widths[number] = least[number] = 0
    lacking = sum(widths) - room
    if lacking > 0:
        spare = [wide - narrow for wide, narrow in zip(widths, least, strict=True)]
        share = min(1.0, lacking / max(sum(spare), 1))
        widths = [wide - ceil(extra * share) for wide, extra in zip(widths, spare, strict=True)]
    widths[rest if widths[rest] else 0] += max(room - sum(widths), 0)
    return widths
