"""What stays current and selected when the rows of the batch are read anew."""

import array
from collections.abc import Mapping

from outreach.services.pages.batch import Batch
from outreach.services.pages.parcels import ParcelLine
from outreach.ui.table.view import TableView

#: A selection of more rows than this is not carried over: it would be a list of ids, where it was one range.
_MOST = 1000


def carry_over(
    table: TableView, ids: "array.array[int]", first: Mapping[int, ParcelLine], before: Batch, after: Batch
) -> None:
    """Show other rows in a table.

    A row that was packed meanwhile has another id, and its former one when that is undone: it stays the current one,
    or selected. Where the current row is gone, the one in its place is current.

    Args:
        table: Which table.
        ids: The rows it shows from now on.
        first: The lines of the first page of them.
        before: The batch as it was shown.
        after: The batch as it is now.
    """
    known = frozenset(ids)
    unpacked_as = {parcel: row for row, parcel in before.packed_as.items() if row in known}

    def now(row: int) -> int:
        other = after.packed_as.get(row, row)
        return other if other in known else unpacked_as.get(row, row)

    place, current = table.currentIndex().row(), now(table.current_id())
    selected = [now(each) for each in table.selected_ids()] if table.selected_count() <= _MOST else []
    table.replace_ids(ids, first)
    if current not in known and place > 0 and len(ids):
        current = ids[min(place, len(ids) - 1)]
    if current in known and (current != table.current_id() or len(selected) > 1):
        table.select_ids([each for each in selected if each in known] or [current], current)
