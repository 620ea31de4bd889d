"""``python -m buendnisnetz``: the command line behind ``bin/buendnisnetz``."""

import sys

from buendnisnetz.config.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
