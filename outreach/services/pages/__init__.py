"""What the pages of the window read: ids in order, lines by id, and everything about one thing. Nothing is written."""
