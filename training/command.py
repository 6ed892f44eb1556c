"""How a training command ends: what meetbot refuses on purpose is one sentence, not a traceback."""

import sys
from collections.abc import Callable

from meetbot.errors import MeetbotError


def run_command(main: Callable[[], None]) -> None:
    """Run a command and leave with its exit code."""
    try:
        main()
    except MeetbotError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
