"""`python -m meetbot`: the same command line where the program is not on the path."""

from meetbot.cli import main

main()
