"""Book clubs, and the authors' hours for them."""
