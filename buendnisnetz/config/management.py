"""Running a Django management command with our exit codes."""

import sys

from django.core.management import CommandError, ManagementUtility

from buendnisnetz.core.errors import DomainError


class _Utility(ManagementUtility):
    def main_help_text(self, commands_only: bool = False) -> str:
        return super().main_help_text(commands_only).replace("__main__.py", "bin/buendnisnetz")


def execute(arguments: list[str]) -> int:
    """Run the command and return 0 (done), 1 (bad input, one sentence on stderr) or 2 (wrong usage).

    ``CommandError`` carries the code in ``returncode``.
    """
    utility = _Utility(["bin/buendnisnetz", *arguments])
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
        return stop.code if isinstance(stop.code, int) else 1
    return 0
