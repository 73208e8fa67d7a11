"""Saved views: how a list is looked at, under a name. They belong to the data, so that they travel with it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.store.database import Store
from outreach.store.models import WorkspaceSetting

_PREFIX = "view."
_MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which columns a table shows, by their keys.

    Attributes:
        hidden: Those it does not show.
        widths: Those the user gave a width, in pixels.
        order: All of them, from the left.
    """

    hidden: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Arrangement":
        """What was kept as JSON.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: when that was not kept by us.
        """
        widths = {str(key): int(width) for key, width in data["widths"].items()}
        return cls(tuple(map(str, data["hidden"])), widths, tuple(map(str, data.get("order", ()))))


@dataclass(frozen=True, slots=True)
class View:
    """How a list is looked at.

    Attributes:
        place: The list's place in the window.
        query: What stands in its filter.
        which: Which of its parts is chosen, such as ``off`` for those off social.
        sort: By what it is ordered.
        columns: What it shows of each.
    """

    place: str
    query: str = ""
    which: str = ""
    sort: str = ""
    descending: bool = False
    columns: Arrangement = field(default_factory=Arrangement)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name."""

    id: int
    name: str
    view: View


def saved_views(place: str = "") -> list[SavedView]:
    """The saved views of a place, or of all, by their names."""
    rows = WorkspaceSetting.select().where(WorkspaceSetting.name.startswith(f"{_PREFIX}{place}"))
    found = [view for row in rows if (view := _read(row)) is not None and place in ("", view.view.place)]
    return sorted(found, key=lambda each: fold(each.name))


def save_view(store: Store, name: str, view: View) -> tuple[int, Changes]:
    """Save a view; one of that name and place is replaced.

    Returns:
        Its id, and what was changed.

    Raises:
        KnownError: ``views.no_name``.
    """
    key, value = _key(view.place, name), _written(name, view)
    with store.operation(Op.SAVE_VIEW) as written:
        WorkspaceSetting.insert(name=key, value=value).on_conflict(
            conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
        ).execute()
        row_id = int(WorkspaceSetting.get(WorkspaceSetting.name == key).id)
    return row_id, written.changes


def rename_view(store: Store, view_id: int, name: str) -> Changes:
    """Give a view another name.

    Raises:
        KnownError: ``views.no_name``, ``views.name_taken`` or ``views.unknown``.
    """
    with store.operation(Op.RENAME_VIEW) as written:
        row = _row(view_id)
        saved = _read(row)
        assert saved is not None
        row.name, row.value = _key(saved.view.place, name), _written(name, saved.view)
        other = WorkspaceSetting.get_or_none((WorkspaceSetting.name == row.name) & (WorkspaceSetting.id != view_id))
        if other is not None:
            raise KnownError("views.name_taken", name=clean(name))
        row.save()
    return written.changes


def delete_view(store: Store, view_id: int) -> Changes:
    """Delete a view; the list stays as it is.

    Raises:
        KnownError: ``views.unknown``.
    """
    with store.operation(Op.DELETE_VIEW) as written:
        _row(view_id).delete_instance()
    return written.changes


def _row(view_id: int) -> WorkspaceSetting:
    row = WorkspaceSetting.get_or_none(WorkspaceSetting.id == view_id)
    if row is None or _read(row) is None:
        raise KnownError("views.unknown")
    found: WorkspaceSetting = row
    return found


def _key(place: str, name: str) -> str:
    folded = fold(name)
    if not folded:
        raise KnownError("views.no_name")
    return f"{_PREFIX}{place}.{folded[:_MOST_NAME]}"


def _written(name: str, view: View) -> str:
    return json.dumps({"name": clean(name)[:_MOST_NAME], **asdict(view)}, ensure_ascii=False)


def _read(row: WorkspaceSetting) -> SavedView | None:
    """A setting as a view; None for one that is none, or that a later version wrote."""
    if not str(row.name).startswith(_PREFIX):
        return None
    try:
        data = json.loads(row.value)
        view = View(str(data["place"]), str(data["query"]), str(data["which"]), str(data["sort"]),
                    bool(data["descending"]), Arrangement.of(data["columns"]))  # fmt: skip
        return SavedView(int(row.id), str(data["name"]), view)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
