"""People: who they are, how to reach them, what they said we may do, and where they live."""
