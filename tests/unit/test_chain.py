"""What lies beside the chain of frames ahead is left out only where nothing that is decoded can tell."""

from meetbot.sources.chain import Chain, needed
from meetbot.sources.headers import Link

BESIDE = None


def kept(joined: str, beside: int = 1, holds: bool = True) -> str:
    """In `joined` large letters are of the chain; `beside` others may be referred to before each."""
    frames = [(letter, beside if letter.isupper() else BESIDE) for letter in joined]
    return "".join(needed(frames, holds))


def test_frames_beside_the_chain_are_kept_about_its_last_two() -> None:
    assert kept("AaaaBbbbCcccDd") == "ABCcccDd"
    assert kept("AaaaBbbbCcccD") == "ABCcccD"


def test_a_beginning_beside_the_chain_is_kept_while_it_is_near() -> None:
    assert kept("aaBb") == "aaBb"
    assert kept("aaBbbbCc") == "BbbbCc"
    assert kept("aaa") == "aaa"


def test_more_is_kept_where_steps_of_the_chain_are_short() -> None:
    assert kept("AaaaBbbbCcccDEe") == "ABCcccDEe"
    assert kept("AaaaBbbbCcccDe", beside=3) == "ABbbbCcccDe"


def test_nothing_is_left_out_of_a_chain_that_may_refer_to_it() -> None:
    assert kept("AaaaBbbbCcccDd", holds=False) == "AaaaBbbbCcccDd"


def chain(*frames: tuple[float | None, Link | None]) -> tuple[list[int | None], bool]:
    links = [link for _, link in frames]
    made = Chain[int](lambda number: links[number])
    return [made.joined(number, time) for number, (time, _) in enumerate(frames)], made.holds


def test_a_frame_shown_before_one_that_was_decoded_is_beside_the_chain() -> None:
    key, ahead, between, next_ahead = Link(0, None), Link(1, 0), None, Link(3, 1, 1)
    assert chain((0.0, key), (4.0, ahead), (2.0, between), (8.0, next_ahead)) == ([0, 0, None, 1], True)


def test_the_chain_breaks_where_a_frame_refers_to_another_than_the_one_before() -> None:
    assert not chain((0.0, Link(0, None)), (4.0, Link(1, 0)), (2.0, None), (8.0, Link(3, 2)))[1]
    assert not chain((0.0, Link(0, None)), (4.0, None), (8.0, Link(2, 1)))[1]
    assert not chain((0.0, Link(0, None)), (None, Link(1, 0)), (8.0, Link(2, 1)))[1]
    assert not chain((0.0, Link(5, 4)))[1]


def test_a_frame_that_refers_to_none_does_not_break_it() -> None:
    assert chain((0.0, Link(0, None)), (4.0, Link(1, None)), (8.0, Link(2, 1)))[1]
