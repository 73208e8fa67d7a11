"""Workspaces as a user sees them, with the rules and views that belong to each."""
