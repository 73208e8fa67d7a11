"""What goes to carriers and what comes back: their files, their answers, and what became of parcels."""
