"""Asking for addresses by letter."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from outreach.services.drafting.drafts import LetterOrder
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.approving import ApprovingDialog

_TEMPLATE = "ask-address"


class AskAddressDialog(ApprovingDialog):
    """The letters that ask people where a title may go, a title after the other."""

    def __init__(self, desk: Desk, parent: QWidget, about: Sequence[tuple[int, int]]) -> None:
        by_item: dict[int, list[int]] = {}
        for person, item in about:
            by_item.setdefault(item, []).append(person)

        def orders(_store: Store) -> list[LetterOrder]:
            return [LetterOrder(_TEMPLATE, item, tuple(people), {}) for item, people in by_item.items()]

        text = desk.say("Each letter asks where the title may go. It is approved as it stands here.")
        super().__init__(desk, parent, desk.say("Ask for addresses"), text, orders)
