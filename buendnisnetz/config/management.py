"""Running a Django management command with our exit codes."""

import sys

from django.core.management import CommandError, ManagementUtility, get_commands

from buendnisnetz.core.errors import DomainError


def execute(arguments: list[str]) -> int:
    """Run the command and return 0 (done), 1 (bad input, one sentence on stderr) or 2 (wrong usage).

    ``CommandError`` carries the code in ``returncode``.
    """
    utility = ManagementUtility(["bin/buendnisnetz", *arguments])
    utility.prog_name = "bin/buendnisnetz"
    # Commands called through Django print tracebacks for CommandError unless run from the command
    # line; ours should show one sentence.
    try:
        utility.execute()
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return error.returncode
    except DomainError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except SystemExit as stop:
        unknown = arguments[0] not in {*get_commands(), "help", "version"}
        return 2 if unknown else stop.code if isinstance(stop.code, int) else 1
    return 0
