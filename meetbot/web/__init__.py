"""Pages that meetbot serves itself: the built-in class room."""
