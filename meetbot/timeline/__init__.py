"""Readings into the lesson file, figures and moments out of it."""
