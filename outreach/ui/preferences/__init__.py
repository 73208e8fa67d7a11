"""The parts of the settings: each is a widget that saves what is changed in it at once."""
