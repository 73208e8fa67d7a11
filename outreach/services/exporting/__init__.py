"""What goes out as a file: tables, cards, ONIX, the whole workspace."""
