"""Review policies: reading them, keeping them as a card, and stopping what would break them."""
