"""The commands: one file per noun, on the services, without a display."""
