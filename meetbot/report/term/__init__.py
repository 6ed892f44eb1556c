"""The page over several lessons."""
