"""Who should get an item, and why. `match_item` is the interface; the engine behind it may change."""

from outreach.services.matching.engine import match_item
from outreach.services.matching.fits import Band, Exclusion, Fit, Match, Reason

__all__ = ["Band", "Exclusion", "Fit", "Match", "Reason", "match_item"]
