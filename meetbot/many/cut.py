"""Where recordings are cut, and how their pieces become a lesson."""

from collections.abc import Sequence
from itertools import pairwise

from meetbot.conclude import Outcome
from meetbot.errors import MeetbotError
from meetbot.growing import size_of
from meetbot.many.join import Joiner
from meetbot.many.order import Order
from meetbot.many.piece import Piece
from meetbot.many.segment import NotOnePiece, Stretch
from meetbot.pipeline import lesson_path, write_lesson
from meetbot.resources import make_folder
from meetbot.settings import FIND_FULL_EVERY, RENEW_EVERY
from meetbot.sources.recording import Recording
from meetbot.sources.sampling import Grid


def stretches_of(order: Order, count: int) -> Sequence[Stretch]:
    """So many stretches of a recording, about equally long; fewer, or none, where it is not to be cut.

    It is read whole where a lesson is there to carry on with, where nothing of single people may leave the
    memory that it was read in, and where what is done in one place depends on all that was seen before:
    whose face is the best one, and who is nobody that was left out.
    """
    plan = order.plan
    target = lesson_path(order.recording, order.out)
    if count < 2 or plan.every > FIND_FULL_EVERY:
        return ()
    if plan.thumbnails or plan.privacy.left_out or not plan.policy.people:
        return ()
    if target.exists() and not order.force:
        return ()
    try:
        length = Recording(order.recording, plan.every).length
    except MeetbotError:
        return ()  # whoever reads it says what is wrong
    return cut(length or 0.0, count, plan.every)


def cut(length: float, count: int, every: float) -> Sequence[Stretch]:
    """Stretches that meet at instants at which every reader takes its layout anew."""
    wanted = (round(length * number / count / RENEW_EVERY) * RENEW_EVERY for number in range(1, count))
    at = sorted({time for time in wanted if 0 < time < length - RENEW_EVERY / 2})
    grid = Grid(every)
    places = [None, *(grid.at(grid.next(time)) for time in at), None]
    return [Stretch(begin, end) for begin, end in pairwise(places)] if at else ()


def lesson_of(order: Order, pieces: Sequence[Piece]) -> Outcome:
    """The lesson and the report of a recording that was read in pieces; none where they can't be joined."""
    seen = list(Joiner(order.entries).joined(pieces))  # all of it before anything is written
    plan = order.plan
    about = Recording(order.recording, plan.every).about
    if {piece.size for piece in pieces} != {size_of(order.recording)}:
        raise NotOnePiece("it has changed meanwhile")
    return write_lesson(
        lesson_path(order.recording, make_folder(order.out) if order.out else None),
        plan,
        about,
        order.recording.name,
        order.entries,
        order.teacher,
        order.force,
        seen,
    )
