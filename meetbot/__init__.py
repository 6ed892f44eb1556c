"""Reads the faces of an online class and writes the teacher an engagement report."""

__version__ = "0.1.0"
