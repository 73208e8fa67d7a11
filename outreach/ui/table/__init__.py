"""Tables and lists of any length: a snapshot of ids, and pages of rows fetched when they are painted."""
