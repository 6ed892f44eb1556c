"""A tile in, readings of its face out."""
