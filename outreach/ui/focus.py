"""Where Tab goes: in the order in which a page is read, whatever the order in which its parts were made."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QSplitter, QStackedWidget, QWidget

#: What has this name comes last within its page: below the list, and below what stands beside it.
FOOT = "foot"


def stops(*roots: QWidget) -> list[QWidget]:
    """What Tab reaches, in reading order; a list is one stop, and so are buttons of which one is on."""
    return [each for each in _reading(roots) if _is_stop(each)]


def step_from(focused: QWidget | None, roots: Sequence[QWidget], *, forwards: bool) -> QWidget | None:
    """What is reached from where the focus is, round and round."""
    order = _reading(roots)
    at = order.index(focused) if focused in order else -1 if forwards else 0
    turned = [*order[at + 1 :], *order[: at + 1]] if forwards else [*order[:at][::-1], *order[at:][::-1]]
    return next((each for each in turned if _is_stop(each) and not _same_choice(each, focused)), None)


def _reading(roots: Sequence[QWidget]) -> list[QWidget]:
    found = [each for root in roots for each in _within(root)]
    return sorted(found, key=_is_in_foot) if any(map(_is_in_foot, found)) else found


def _within(holder: QWidget) -> Iterator[QWidget]:
    if not holder.isVisible() or not holder.isEnabled():
        return
    if _takes_focus(holder):
        yield holder
    for part in _parts(holder):
        yield from _within(part)


def _parts(holder: QWidget) -> list[QWidget]:
    """What a widget holds: what floats in it first, then its layout's parts in their order."""
    if isinstance(holder, QSplitter):
        return [each for number in range(holder.count()) if (each := holder.widget(number)) is not None]
    if isinstance(holder, QStackedWidget):
        return [each for each in [holder.currentWidget()] if each is not None]
    laid = list(_laid(holder.layout()))
    free = [each for each in holder.children() if isinstance(each, QWidget) and each not in laid]
    return [*free, *laid]


def _laid(layout: QLayout | None) -> Iterator[QWidget]:
    for number in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(number) if layout is not None else None
        if item is not None:
            widget = item.widget()
            if widget is not None:
                yield widget
            yield from _laid(item.layout())


def _takes_focus(each: QWidget) -> bool:
    takes = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) and each.focusProxy() is None
    return takes or (isinstance(each, QAbstractButton) and each.autoExclusive())


def _is_stop(each: QWidget) -> bool:
    if isinstance(each, QAbstractButton) and each.autoExclusive():
        return each.isChecked() or _choice(each)[0] is each
    return True


def _choice(button: QAbstractButton) -> list[QAbstractButton]:
    """The buttons of which one is on; the one that is on comes first."""
    holder = button.parentWidget()
    every = [each for each in holder.children() if isinstance(each, QAbstractButton)] if holder else [button]
    return sorted((each for each in every if each.autoExclusive()), key=lambda each: not each.isChecked())


def _same_choice(one: QWidget, other: QWidget | None) -> bool:
    return (
        isinstance(one, QAbstractButton)
        and isinstance(other, QAbstractButton)
        and one is not other
        and one.autoExclusive()
        and other.autoExclusive()
        and one.parentWidget() is other.parentWidget()
    )


def _is_in_foot(each: QWidget) -> bool:
    above: QWidget | None = each
    while above is not None and above.objectName() != FOOT:
        above = above.parentWidget()
    return above is not None
