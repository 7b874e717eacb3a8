"""What cells of editable tables tell their delegates, beyond Qt's own roles."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

CHANGED_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether the value differs from the file."""

INHERITED_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the value is taken over from elsewhere."""

SHARE_ROLE = Qt.ItemDataRole.UserRole + 3
"""A share from 0 to 1, drawn as a bar."""
