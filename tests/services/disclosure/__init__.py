"""Whether posts tell of gifts."""
