"""The batch: each step packs what it needs, in one step of undo; addresses are doubted and never refused."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.addresses import current_address, save_address
from outreach.services.batching import accept_addresses, number_rows, pack_rows, ship_rows
from outreach.services.catalogue import EditionFormat, NewEdition, StockReason, add_item, move_stock
from outreach.services.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.pages.batch import read_batch
from outreach.services.pages.parcels import parcel_counts, parcel_lines, unpacked_row
from outreach.services.people import NewPerson, add_person
from outreach.services.postal_doubts import Doubt, DoubtKind, address_doubts
from outreach.services.shipments import list_shipments
from outreach.services.tracking_lines import numbers_in
from outreach.store.database import Store
from outreach.store.models import Gift, Mailing, Shipment, StockMovement
from tests.store.undoing import everything

GB = {"line1": "9 Marl Rise", "city": "Kendal", "postcode": "LA9 5TT", "country": "GB"}
