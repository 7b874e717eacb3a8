"""A table whose first columns stay in sight while the others are scrolled."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from approvalsim_ui.date_cells import RegisterCells
from approvalsim_ui.stage_cells import CellTable


class FrozenTable(RegisterCells):
    """The first columns lie above the table, in a second one, as soon as it is scrolled.

    Whoever types does so in the table itself: it is scrolled back for that.
    """

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        self._columns = columns
        super().__init__(parent)
        self.above = CellTable(self)
        self.above.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.above.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for direction in ("Horizontal", "Vertical"):
            set_policy = getattr(self.above, f"set{direction}ScrollBarPolicy")
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.above.hide()
        self.above.pressed.connect(lambda _: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self.above.doubleClicked.connect(self._edit_below)
        self.verticalScrollBar().valueChanged.connect(self.above.verticalScrollBar().setValue)
        self.above.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._place())
        self.horizontalHeader().sectionResized.connect(lambda *_: self._place())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Both tables show one model and one selection."""
        super().setModel(model)
        self.above.setModel(model)
        self.above.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self._place)
        self._place()

    def freeze(self) -> None:
        """Make both tables alike, after headings, rows or columns have changed."""
        height = self.verticalHeader().defaultSectionSize()
        self.above.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        self.above.horizontalHeader().setFixedHeight(header.height() or header.sizeHint().height())
        self._place()

    def frozen_width(self) -> int:
        """How much of the table the columns in sight take."""
        return sum(self.columnWidth(number) for number in range(self._columns))

    def _place(self) -> None:
        model = self.model()
        if model is None:
            return
        for number in range(model.columnCount()):
            self.above.setColumnHidden(number, number >= self._columns)
        for number in range(min(self._columns, model.columnCount())):
            self.above.setColumnWidth(number, self.columnWidth(number))
        frame = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self.above.setGeometry(0, 0, self.frozen_width() + 2 * frame, height + 2 * frame)
        scrolled = self.horizontalScrollBar().value() > 0
        self.above.setVisible(scrolled and self.frozen_width() < self.viewport().width())
        self.above.raise_()

    def _edit_below(self, index: QModelIndex) -> None:
        self.horizontalScrollBar().setValue(0)
        self.setCurrentIndex(index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.opened.emit(index)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell in sight, beside the columns that lie above."""
        super().scrollTo(index, hint)
        if not index.isValid():
            return
        hidden = self.frozen_width() - self.visualRect(index).left()
        if index.column() >= self._columns and hidden > 0 and self.above.isVisible():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns above are as high as the table."""
        super().resizeEvent(event)
        self._place()
