"""The networks that a recording is read with, loaded once by whoever reads several one after the other."""

from functools import cached_property

from meetbot.faces.classify import EmotionClassifier, load_classifier
from meetbot.faces.detector import Detector
from meetbot.faces.find import FaceFinder
from meetbot.faces.points import PointFinder
from meetbot.faces.read import FaceReader
from meetbot.gallery.standard import LateReader
from meetbot.policy import Policy
from meetbot.settings import FIND_SCORE


class Networks:
    """Each is loaded when it is needed first and serves one reading at a time; none remembers a picture."""

    def __init__(self) -> None:
        self.labels = LateReader()

    @cached_property
    def _moods(self) -> EmotionClassifier:
        return load_classifier()

    @cached_property
    def _detector(self) -> Detector:
        return Detector(FIND_SCORE)

    @cached_property
    def _look(self) -> PointFinder:
        return PointFinder()

    @cached_property
    def _second_look(self) -> PointFinder:  # reading has a thread of its own
        return PointFinder()

    def finder(self) -> FaceFinder:
        """A finder that has seen nothing yet."""
        return FaceFinder(self._detector, self._look)

    def reader(self, policy: Policy) -> FaceReader:
        """A reader; the emotion network is loaded where the policy allows it."""
        return FaceReader(self._moods if policy.moods else None, self._second_look)
