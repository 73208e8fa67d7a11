"""The quick log: one typed line that notes what many people did with one title."""

from outreach.services.quicklog.completing import complete
from outreach.services.quicklog.noting import note
from outreach.services.quicklog.reading import Line, Piece, read

__all__ = ["Line", "Piece", "complete", "note", "read"]
