"""Every visible sentence outside the window, translatable with gettext."""
