"""The window. The only package, with `app`, that builds on Qt's widgets."""
