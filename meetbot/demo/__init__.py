"""A class out of two public portraits, to show the whole way: recorded, or live."""

from meetbot.demo.portraits import PORTRAITS, Student
from meetbot.demo.recording import compose, demo_class

__all__ = ["PORTRAITS", "Student", "compose", "demo_class"]
