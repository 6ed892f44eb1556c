"""A frame in, tiles with stable seats out."""
