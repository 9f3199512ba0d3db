"""The tree of a policy that is being written: its parts, and its criteria as they are nested.

An entry moves by dragging it onto a group, or by the keys Alt+Up and Alt+Down; Delete removes it.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.casework.policy_form_draft import Path
from app.casework.policy_form_tree import Node
from app.gui.widgets.dialogs import set_up_button

_PATH = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AuthorTree(QTreeWidget):
    """Shows the places of a policy; emits what a person chooses and does there."""

    chosen = Signal(object)  # the path of the place
    moved = Signal(object, int)  # the path, and by how many places
    dropped = Signal(object, object, int)  # the path, the path of the group, and the place in it
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._nodes: dict[Path, Node] = {}
        self.setObjectName("policy_parts")
        self.setAccessibleName("Parts of the policy")
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setAccessibleName("Scroll the parts")
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.currentItemChanged.connect(self._tell)

    @property
    def path(self) -> Path:
        """The path of the chosen place."""
        item = self.currentItem()
        return _path(item) if item is not None else ()

    @property
    def node(self) -> Node | None:
        """The chosen place."""
        return self._nodes.get(self.path)

    def show_tree(self, tree: Node, chosen: Path) -> None:
        """Show these places, and choose one; items stay where the same places are shown."""
        before = list(self._nodes)
        self._nodes = {one.path: one for one in tree.all()}
        self.blockSignals(True)
        if before != list(self._nodes):
            self.clear()
            self.addTopLevelItem(self._item(tree))
            self.expandAll()
        for item in self._items():
            title = self._nodes[_path(item)].title
            if item.text(0) != title:
                item.setText(0, title)
                item.setToolTip(0, title)
            if _path(item) == chosen:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Alt+Up, Alt+Down and Delete; handle every other key as a tree does."""
        key, node = Qt.Key(event.key()), self.node
        if (
            node is not None
            and key in _STEPS
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            if node.is_moved:
                self.moved.emit(node.path, _STEPS[key])
        elif node is not None and key == Qt.Key.Key_Delete and node.is_entry:
            self.removed.emit(node.path)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where an entry was dropped: the tree is then shown as the policy is."""
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is None or self.node is None or not self.node.is_moved:
            return
        node = self._nodes[_path(target)]
        if where is QAbstractItemView.DropIndicatorPosition.OnItem and node.is_group:
            self.dropped.emit(self.path, node.path, target.childCount())
        elif node.is_moved and (above := target.parent()) is not None:
            is_below = where is QAbstractItemView.DropIndicatorPosition.BelowItem
            self.dropped.emit(self.path, _path(above), above.indexOfChild(target) + is_below)

    def _item(self, node: Node) -> QTreeWidgetItem:
        item = QTreeWidgetItem([node.title])
        item.setData(0, _PATH, node.path)
        item.setToolTip(0, node.title)
        for one in node.below:
            item.addChild(self._item(one))
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(place) for place in range(item.childCount())]
        return found

    def _tell(self) -> None:
        self.chosen.emit(self.path)


class AuthorParts(QWidget):
    """The tree with the buttons for its chosen place."""

    grouped = Signal(object, str)  # the path of a criterion, and the kind of its new group

    def __init__(self, kinds: Mapping[str, str]) -> None:
        super().__init__()
        self.tree = AuthorTree()
        self._up, self._down = QPushButton("Move &up"), QPushButton("Move &down")
        self._group, self._remove = QPushButton("Put into a &group"), QPushButton("&Remove")
        menu = QMenu(self._group)
        for kind, words in kinds.items():
            menu.addAction(words).setData(kind)
        menu.triggered.connect(lambda one: self.grouped.emit(self.tree.path, one.data()))
        self._group.setMenu(menu)
        self._up.clicked.connect(lambda: self.tree.moved.emit(self.tree.path, -1))
        self._down.clicked.connect(lambda: self.tree.moved.emit(self.tree.path, 1))
        self._remove.clicked.connect(lambda: self.tree.removed.emit(self.tree.path))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.tree, 0, 0, 1, 2)
        for place, button in enumerate((self._up, self._down, self._group, self._remove)):
            set_up_button(button, button.text().replace("&", ""))
            grid.addWidget(button, 1 + place // 2, place % 2)

    def show_tree(self, tree: Node, chosen: Node) -> None:
        """Show these places and choose one, with what can be done to it."""
        self.tree.show_tree(tree, chosen.path)
        self._up.setEnabled(chosen.is_moved)
        self._down.setEnabled(chosen.is_moved)
        self._group.setEnabled(chosen.is_criterion)
        self._remove.setEnabled(chosen.is_entry)


def _path(item: QTreeWidgetItem) -> Path:
    path: Path = tuple(item.data(0, _PATH))
    return path
