"""Outreach: gifting outreach for publicists, with nothing asked in return."""

__version__ = "0.1.0"
