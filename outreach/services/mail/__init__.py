"""Letters on their way out through the user's own mail account, and what comes back."""
