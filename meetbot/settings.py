"""Every number that turns what was seen into what is said, in one place, with its unit and its reason."""

DEFAULT_EVERY = 1.0  # seconds of media time between two sampling instants
