"""Cells of tables edited in place: what was refused stays in its editor, with the reason."""

from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.cell_roles import CHANGED_ROLE, INHERITED_ROLE, SHARE_ROLE, Index


class CellLine(QLineEdit):
    """A line for one cell. ``refusal`` says why its text cannot be taken; empty if it can."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setAutoFillBackground(True)
        self.is_loaded = False
        self.refusal = ""


class CellDelegate(QStyledItemDelegate):
    """Draws marks of change, and edits with words about what cannot be taken.

    Its model must have ``refusal(index, text)``.
    """

    bar: Literal["critical", "focus"] = "critical"
    """The colour of bars for shares."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.reason = QLabel(view.viewport(), wordWrap=True)
        theme.set_role(self.reason, "bad")
        self.reason.hide()

    def choices(self, index: Index) -> list[tuple[str, str]]:
        """What can be chosen in a cell, as data and words; nothing where one types."""
        return []

    # --- editing ------------------------------------------------------------------------------

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> QWidget:
        """A line to type in, or a list to choose from."""
        if options := self.choices(index):
            combo = QComboBox(parent)
            for data, words in options:
                combo.addItem(words, data)
            combo.activated.connect(lambda _: self._commit(combo))
            return combo
        line = CellLine(parent)
        fixed = QPersistentModelIndex(index)
        line.textChanged.connect(lambda text: self._judge(line, fixed, text))
        line.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what the cell says; what has been typed since is not touched."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, CellLine) and not editor.is_loaded:
            editor.setText(text)
            editor.is_loaded = True

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Any) -> None:
        """Hand over what was typed; what is refused stays in the editor."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, CellLine) and not editor.refusal:
            model.setData(index, editor.text())

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _judge(self, line: CellLine, index: QPersistentModelIndex, text: str) -> None:
        model: Any = index.model()
        judged = line.is_loaded and index.isValid()
        line.refusal = model.refusal(index, text) if judged else ""
        line.setAccessibleDescription(line.refusal)
        colours = theme.colours()
        line.setStyleSheet(f"border: 2px solid {colours.bad.name()};" if line.refusal else "")
        self.reason.setText(line.refusal)
        self.reason.setVisible(bool(line.refusal))
        if line.refusal:
            self._place_reason(line)

    def _place_reason(self, line: CellLine) -> None:
        port = self._view.viewport()
        width = min(max(line.width(), 320), port.width())
        self.reason.setFixedWidth(width)
        self.reason.adjustSize()
        left = min(line.x(), port.width() - width)
        below = line.geometry().bottom() + 3
        fits = below + self.reason.height() <= port.height()
        self.reason.move(left, below if fits else line.y() - self.reason.height() - 3)
        self.reason.raise_()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Any
    ) -> bool:
        """A tick is set by a click anywhere in its cell, or by the space bar."""
        ticked = index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        clicked = event.type() == QEvent.Type.MouseButtonRelease
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not ticked or not (clicked or pressed):
            return super().editorEvent(event, model, option, index)
        off = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) != Qt.CheckState.Checked
        state = Qt.CheckState.Checked if off else Qt.CheckState.Unchecked
        return model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    # --- drawing ------------------------------------------------------------------------------

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Values taken over from elsewhere look lighter, and slanted."""
        super().initStyleOption(option, index)
        if index.data(INHERITED_ROLE):
            muted = theme.colours().muted
            option.palette.setColor(option.palette.ColorRole.Text, muted)
            option.font.setItalic(True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, a bar for a share, and a corner where it differs from the file."""
        share = index.data(SHARE_ROLE)
        super().paint(painter, option, index)
        colours = theme.colours()
        area: Any = option.rect
        if share is not None:
            bar = QRectF(area.x() + 6, area.bottom() - 5, (area.width() - 12) * share, 3)
            painter.fillRect(bar, getattr(colours, self.bar))
        if index.data(CHANGED_ROLE):
            draw_corner(painter, area.topLeft(), colours.focus)


def draw_corner(painter: QPainter, corner: QPoint, colour: QColor) -> None:
    """The mark of a value that differs from the file: a filled corner."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygon([corner, corner + QPoint(9, 0), corner + QPoint(0, 9)]))
    painter.restore()


class CellTable(QTableView):
    """A table whose cells keep what was refused. Delete puts back what the file says."""

    reset_wished = Signal(QModelIndex)
    opened = Signal(QModelIndex)
    """Enter on a cell that cannot be typed over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.setShowGrid(True)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Keep an editor open whose text was refused, unless the user gives it up."""
        revert = QAbstractItemDelegate.EndEditHint.RevertModelCache
        if isinstance(editor, CellLine) and editor.refusal and hint != revert:
            return
        delegate = self.itemDelegate()
        if isinstance(delegate, CellDelegate):
            delegate.reason.hide()
        super().closeEditor(editor, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Delete resets, Ctrl+C copies."""
        index = self.currentIndex()
        busy = self.state() == QAbstractItemView.State.EditingState
        if busy or not index.isValid():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(str(index.data()))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_wished.emit(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.opened.emit(index)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
