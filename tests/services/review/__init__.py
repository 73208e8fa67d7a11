"""The review."""
