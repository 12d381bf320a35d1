"""The command line: for technicians, tests and trials without a screen.

Each module of this package adds its commands to the parser and runs them. What a command needs is
imported when it runs. Exit: 0 done, 1 refused or something found, 2 wrong usage, 3 program fault.
"""

from collections.abc import Callable, Sequence

from kecamatan_desk.cli.parsing import Arguments, command_line


def parsed(words: Sequence[str]) -> Arguments:
    """Read the words after the program's name; ``run`` is None when the window is wanted."""
    return command_line(commands=not _opens_window(words)).parse_args(words)


def _opens_window(words: Sequence[str]) -> bool:
    """Tell whether the words can only mean the window: then no command need be loaded."""
    match list(words):
        case [] | ["--exit-when-ready"]:
            return True
        case ["--data", folder] | ["--data", folder, "--exit-when-ready"]:
            return not folder.startswith("-")
    return False


def main(arguments: Arguments) -> int:
    """Run the command that was named and give the exit status; DeskError when it is refused."""
    run: Callable[[Arguments], int] = arguments.run
    return run(arguments)
