"""Who should get an item, and why; which item for a person; who gets one of few copies.

`model` is the arithmetic. `gathering` is the only module that reads what people read and enjoy from the tables,
`building` turns it into arrays, `ranking` and `choosing` ask them, `reasons` says why, `rules` keeps people out.
The values and the dials are here; what computes is imported where it is used, as it needs numpy.
"""

from outreach.services.matching.dials import Dial, Factor, Wishes
from outreach.services.matching.fits import Band, Exclusion, Fit, ItemFit, Match, PersonMatch, Reason, RecordSize

__all__ = [
    "Band", "Dial", "Exclusion", "Factor", "Fit", "ItemFit", "Match", "PersonMatch", "Reason", "RecordSize", "Wishes",
]  # fmt: skip
