"""The copies that go into parcels: which edition a gift takes, and that it takes none which is promised to another."""

from outreach.errors import KnownError
from outreach.services.catalogue.codes import has_codes
from outreach.services.catalogue.editions import edition_name
from outreach.services.catalogue.stock import StockReason, copies_left, note_movement
from outreach.services.gifts.promises import free_copies, is_counted, none_free, refuse_promise
from outreach.store.database import Store
from outreach.store.models import Edition, Gift


class Remaining:
    """What would be left if gifts were packed one after another; nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._left: dict[int, int] = {}
        self._free: dict[int, int] = {}

    def take(self, gift: Gift) -> None:
        """Take the copy of one more gift; raises as `take_copy`."""
        edition = gift.edition_id or _only_edition(gift)
        if edition is None or not is_counted(edition):
            return
        if edition not in self._left:
            self._left[edition] = copies_left([edition])[edition]
            self._free[edition] = free_copies(self._store, [edition])[edition]
        if self._left[edition] < 1:
            raise _none_left(edition)
        if gift.edition_id is None:
            if self._free[edition] < 1:
                raise none_free(edition, free=0)
            self._free[edition] -= 1
        self._left[edition] -= 1


def take_copy(store: Store, gift: Gift, shipment: int) -> None:
    """One copy leaves the stock, inside the caller's operation, when its gift already lies in the parcel.

    An edition of which nothing was ever counted is not counted now. A gift that does not say which edition was promised
    no copy, and takes none that is promised to another.

    Raises:
        KnownError: ``catalogue.no_copies``, ``shipments.no_edition``, or as `refuse_promise`.
    """
    edition = gift.edition_id or _only_edition(gift)
    if edition is None or not is_counted(edition):
        return
    if copies_left([edition])[edition] < 1:
        raise _none_left(edition)
    if gift.edition_id is None:
        refuse_promise(store, edition)
    note_movement(store, edition, -1, StockReason.SHIPPED, shipment=shipment)


def _none_left(edition: int) -> KnownError:
    return KnownError("catalogue.no_copies", edition=edition_name(edition), left=0, wanted=1)


def _only_edition(gift: Gift) -> int | None:
    """The edition of a gift that names none, when the item has copies of only one."""
    rows = Edition.select(Edition.id).where(Edition.item == gift.item_id)
    editions = [row.id for row in rows if is_counted(row.id) and not has_codes(row.id)]
    if len(editions) > 1:
        raise KnownError("shipments.no_edition", gift=f"g{gift.id}", title=gift.item.title)
    return editions[0] if editions else None
