"""Labels, slips and letters painted with QtGui: values in, a file or a painter out."""
