"""Tables, and all SQL: opening, writing, undoing, migrating and backing up a workspace."""
