"""Figures in, one HTML page out."""
