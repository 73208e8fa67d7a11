"""What floats over the window: gathering input, telling of trouble."""
