"""What went out, what came of it, and what is not known."""
