"""What can be seen to be wrong with what is shown: words that are cut, parts that reach out of what holds them."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QRadioButton, QScrollArea, QTabBar, QWidget

from outreach.ui.widgets.basics import Button, Label
from outreach.ui.widgets.fields import Field
from outreach.ui.widgets.flow import Block

#: Fields keep so much of their width for edges.
_FIELD_EDGES = 22


def shown(parent: QWidget, *kinds: type) -> list:
    """The visible parts of some kinds, in the order in which they were made."""
    return [each for each in parent.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]


def pixels(picture: QImage) -> np.ndarray:
    """A picture as numbers such as `QColor.rgb` gives, row by row."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width()) | np.uint32(0xFF000000)


def colors_in(picture: QImage, step: int = 1) -> set[str]:
    """The names of a picture's colours, or of those of every so manieth pixel."""
    return {f"#{each & 0xFFFFFF:06x}" for each in np.unique(pixels(picture)[::step, ::step]).tolist()}


def cut_off(root: QWidget) -> Iterator[str]:
    """What is cut or covered within a part of a window, one line each."""
    for each in shown(root, QWidget):
        missing = max(_missing_width(each), _missing_height(each))
        if missing > 1:
            yield f"{each.metaObject().className()} “{_words(each)}” lacks {missing:.0f} pixels"
    for each in shown(root, Label, QAbstractButton, QLineEdit):
        holder = each.parentWidget()
        if holder is not None and not _scrolls(holder) and not holder.rect().adjusted(-1, -1, 1, 1).contains(
            each.geometry()
        ):  # fmt: skip
            yield f"{each.metaObject().className()} “{_words(each)}” reaches out of its holder"


def _missing_width(each: QWidget) -> float:
    if isinstance(each, Button | QCheckBox | QRadioButton | QTabBar):
        return each.sizeHint().width() - each.width()
    if isinstance(each, Label) and not each.wordWrap():
        return (
            max((each.fontMetrics().horizontalAdvance(line) for line in each.text().split("\n")), default=0)
            - each.width()
        )
    if isinstance(each, Field):
        margins = each.textMargins()
        words = each.fontMetrics().horizontalAdvance(each.text() or each.placeholderText())
        return words + margins.left() + margins.right() + _FIELD_EDGES - each.width()
    return 0


def _missing_height(each: QWidget) -> float:
    if isinstance(each, Label) and each.text():
        needed = each.heightForWidth(each.width()) if each.wordWrap() else each.fontMetrics().height()
        return needed - each.height() - 1
    if isinstance(each, Block):
        return each.height_at(each.width()) - each.height()
    if isinstance(each, Button | QCheckBox | QRadioButton | QTabBar | QLineEdit):
        return each.fontMetrics().height() - each.height()
    return 0


def _scrolls(holder: QWidget) -> bool:
    above = holder.parentWidget()
    return isinstance(above, QScrollArea) or (above is not None and isinstance(above.parentWidget(), QScrollArea))


def _words(each: QWidget) -> str:
    text = getattr(each, "text", None)
    return (text() if callable(text) else "") or each.accessibleName()
