"""`python -m meetbot`: the same command line where the program is not on the path."""

import sys


def main() -> None:
    """Load and run the command line; Ctrl-C while it is being loaded is no fault of anybody's."""
    try:
        from meetbot import cli
    except KeyboardInterrupt:
        sys.exit(130)
    cli.main()


if __name__ == "__main__":
    main()
