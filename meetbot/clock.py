"""How a time of the lesson is written, everywhere in meetbot."""


def clock(seconds: float) -> str:
    """A time of the lesson as m:ss, from an hour on as h:mm:ss."""
    minutes, second = divmod(round(max(0.0, seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
