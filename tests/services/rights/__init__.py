"""What posts may be used for."""
