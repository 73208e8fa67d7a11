"""What is painted: text, icons, and the marks of the house style. Values in, pixels out; no widget is needed."""
