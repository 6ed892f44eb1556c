"""Every number that turns what was seen into what is said, in one place, with its unit and its reason."""

DEFAULT_EVERY = 1.0  # seconds of media time between two sampling instants

# faces
UNSURE_BELOW = 0.4  # certainty (0-1) under which a face's mood is called "unsure"
