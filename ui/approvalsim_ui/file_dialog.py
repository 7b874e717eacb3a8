"""Words of Qt's own file dialog that its Chinese translation leaves in English."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

translate = QCoreApplication.translate


def name_parts(dialog: QFileDialog) -> None:
    """Say in the language spoken now where a dialog looks, and for which files."""
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, translate("FileDialog", "Look in:"))
    dialog.setLabelText(label.FileType, translate("FileDialog", "Files of type:"))
