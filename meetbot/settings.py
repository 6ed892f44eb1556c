"""Every number that turns what was seen into what is said, in one place, with its unit and its reason."""

DEFAULT_EVERY = 1.0  # seconds of media time between two sampling instants

# faces
UNSURE_BELOW = 0.4  # certainty (0-1) under which a face's mood is called "unsure"

# gallery: faces followed by position
SEAT_MEMORY = 120.0  # seconds after which an empty place is given up: longer absences are a new seat
FOLLOW_REACH = 1.5  # face widths: a tile is about three faces wide, so the neighbour is never within reach
FOLLOW_SIZE_RATIO = 1.8  # a face this much larger or smaller is somebody else
CONFIRM_SIGHTINGS = 2  # instants before a face is given a seat: one alone is often a false find
REFLOW_STEP = 0.7  # face widths within which a face stayed where it was
REFLOW_SHARE = 0.4  # the share of faces that must jump at once for the gallery to have been rearranged
