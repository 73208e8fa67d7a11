"""Shapes of sheets: what the user said of one holds for the next with the same headings."""

import json
from collections.abc import Mapping, Sequence

from outreach.changes import Changes, Op
from outreach.services.importing.layouts import signature
from outreach.store.database import Store
from outreach.store.models import SheetShape

#: So many shapes are kept for a kind of list; the ones used least recently go.
_KEPT = 200


def remembered(kind: str) -> dict[str, dict[str, dict[str, str]]]:
    """By signature what the user said of sheets of a kind: ``mapping`` and ``policy``."""
    rows = SheetShape.select().where(SheetShape.kind == kind)
    return {row.signature: {"mapping": json.loads(row.mapping), "policy": json.loads(row.policy)} for row in rows}


def remember_shape(
    store: Store, kind: str, header: Sequence[str], mapping: Mapping[str, str], policy: Mapping[str, str]
) -> Changes:
    """Keep what the user says of a sheet for the next of its shape."""
    with store.operation(Op.REMEMBER_SHEET) as written:
        same = (SheetShape.kind == kind) & (SheetShape.signature == signature(header))
        SheetShape.delete().where(same).execute()
        SheetShape.create(
            kind=kind, signature=signature(header), mapping=json.dumps(dict(mapping), ensure_ascii=False),
            policy=json.dumps(dict(policy)), saved_at=store.now(),
        )  # fmt: skip
        newest = SheetShape.select(SheetShape.id).where(SheetShape.kind == kind).order_by(-SheetShape.id).limit(_KEPT)
        SheetShape.delete().where((SheetShape.kind == kind) & SheetShape.id.not_in(newest)).execute()
    return written.changes


def forget_shape(store: Store, kind: str, header: Sequence[str]) -> Changes:
    """Read sheets of this shape as any other again."""
    with store.operation(Op.REMEMBER_SHEET) as written:
        same = (SheetShape.kind == kind) & (SheetShape.signature == signature(header))
        SheetShape.delete().where(same).execute()
    return written.changes
