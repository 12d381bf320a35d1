"""The command line: for technicians, tests and trials without a screen.

Each module of this package adds its commands to the parser and runs them. What a command needs is
imported when it runs. Exit: 0 done, 1 refused or something found, 2 wrong usage, 3 program fault.
"""

from collections.abc import Callable, Sequence

from kecamatan_desk.cli.parsing import Arguments, command_line


def parsed(words: Sequence[str]) -> Arguments:
    """Read the words after the program's name; ``run`` is None when the window is wanted."""
    return command_line().parse_args(words)


def main(arguments: Arguments) -> int:
    """Run the command that was named and give the exit status; DeskError when it is refused."""
    run: Callable[[Arguments], int] = arguments.run
    return run(arguments)
