"""Kinds of values: how each is read, normalised, compared and shown. Pure functions, no storage."""
