"""The base of our commands: one clear sentence on stderr and the right exit code."""

import json
import sys
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, SystemCheckError
from django.db import connections

from buendnisnetz.core.errors import DomainError

BAD_INPUT = 1


class Command(BaseCommand):
    """Derive commands from this. ``CommandError(text, returncode=…)`` or any ``DomainError`` ends
    with the text alone; wrong options end with 2, as argparse does."""

    def run_from_argv(self, argv: list[str]) -> None:
        # Tells the parser to end with 2 and its usage, instead of raising an error.
        self._called_from_command_line = True
        parser = self.create_parser(argv[0], argv[1])
        options = vars(parser.parse_args(argv[2:]))
        arguments = options.pop("args", ())
        try:
            self.execute(*arguments, **options)
        except SystemCheckError:
            raise
        except CommandError as error:
            self.fail(str(error), error.returncode)
        except DomainError as error:
            self.fail(str(error), BAD_INPUT)
        finally:
            connections.close_all()

    @staticmethod
    def fail(text: str, code: int) -> None:
        sys.stderr.write(text + "\n")
        sys.exit(code)

    def print_json(self, value: Any) -> None:
        """The command's result as the one JSON value on stdout."""
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str))
