"""5,000 parcels to a carrier's file, against csv.writer alone on the same cells; and 5,000 numbers back.

Run: python -m tests.benchmarks.bench_carriers [PARCELS]
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from outreach.changes import Op
from outreach.services.carrying.booking import import_tracking
from outreach.services.carrying.files import carrier_rows, write_carrier_file
from outreach.services.carrying.layouts import layout, load_layouts
from outreach.services.shipments.carriers import s10_number
from outreach.services.shipments.shipments import ShipmentState, list_shipments, parcel_of
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, EmailAddress, Gift, Item, Mailing, Person, Shipment, ShipmentGift
from outreach.store.workspace import Opening
from tests.benchmarks.measure import Gates, Took, in_turn, wall_of

PARCELS = 5_000
ROUNDS = 5
_NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_DAY = "2026-11-24"
_AT_ONCE = 500


def fill(store: Store, count: int) -> None:
    """Parcels to pack, each for somebody of her own."""
    numbers = range(1, count + 1)
    with store.operation(Op.FILL_SAMPLE, undoable=False):
        item = Item.create(kind="book", title="The Salt Orchard", title_key="the salt orchard", sort_title="salt orchard", created_at=_DAY,
                           updated_at=_DAY)  # fmt: skip
        mailing = Mailing.create(name=_DAY, created_at=_DAY)
        place = {"line1": "14 Tannery Row", "city": "Leeds", "country": "GB"}
        _many(Person, [{"name": f"Zoë Müller {n}", "name_key": f"zoe muller {n}", "sort_name": f"muller {n}",
                        "phone": "+44 7700 900123", "created_at": _DAY, "updated_at": _DAY} for n in numbers])  # fmt: skip
        _many(EmailAddress, [{"person": n, "address": f"p{n}@example.org", "key": f"p{n}@example.org", "position": 0}
                             for n in numbers])  # fmt: skip
        _many(Address, [{"person": n, "postcode": f"LS{n % 90} 1AB", **place, "created_at": _DAY} for n in numbers])
        _many(Gift, [{"person": n, "item": item.id, "state": "accepted", "state_on": _DAY, "created_at": _DAY}
                     for n in numbers])  # fmt: skip
        _many(Shipment, [{"person": n, "mailing": mailing.id, "address": n, "deliver_to": f"Zoë Müller {n}", **place,
                          "postcode": f"LS{n % 90} 1AB", "state": "packing", "created_at": _DAY} for n in numbers])  # fmt: skip
        _many(ShipmentGift, [{"shipment": n, "gift": n} for n in numbers])


def _many(table: type, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        table.insert_many(rows[start : start + _AT_ONCE]).execute()  # type: ignore[attr-defined]


def took(act: Callable[[], object]) -> Took:
    """The milliseconds of something: by the clock, and of this process alone."""
    clock, work = time.perf_counter(), time.process_time()
    act()
    return Took((time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000)


def ours(name: str, out: Path) -> None:
    """Read the parcels, plan the file with everything that is lost, and write it."""
    rows = list_shipments(ShipmentState.PACKING)
    write_carrier_file(out, carrier_rows(layout(name), [parcel_of(row) for row in rows]))


def bare(cells: list[list[str]], out: Path) -> None:
    """The same cells through csv.writer alone."""
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells)


def compare(gates: Gates, name: str, count: int, folder: Path) -> None:
    """One layout against its own cells written bare."""
    out, other = folder / "ours.csv", folder / "bare.csv"
    ours(name, out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))
    gates.at_most(f"{count} parcels as {name}", [took(lambda: ours(name, out)) for _ in range(ROUNDS)], 1000)
    measured = in_turn(lambda: wall_of(lambda: ours(name, out)), lambda: wall_of(lambda: bare(cells, other)))
    print(f"  against csv.writer alone: {measured[1] * 1000:.1f} ms, ratio {measured[2]:.1f}")


def main(count: int) -> int:
    gates = Gates()
    with tempfile.TemporaryDirectory() as made:
        folder, opening = Path(made), Opening(clock=lambda: _NOW, by="HO")
        new_workspace(folder / "workspace", opening)
        with workspace.writing(folder / "workspace", opening) as store:
            fill(store, count)
            for name in load_layouts():
                compare(gates, name, count, folder)
            back = [["Order reference", "Tracking number"]]
            back += [[f"s{n}", s10_number("RM", n, "GB")] for n in range(1, count + 1)]
            bare(back, folder / "back.csv")
            dry = [took(lambda: import_tracking(store, folder / "back.csv", dry_run=True)) for _ in range(ROUNDS)]
            gates.at_most(f"{count} numbers read and matched", dry, 2000)
            gates.at_most(f"{count} numbers booked", [took(lambda: import_tracking(store, folder / "back.csv"))], 5000)
    return gates.code()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PARCELS))
