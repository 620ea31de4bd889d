"""`python -m buendnisnetz.reader`."""

import sys

from buendnisnetz.reader.cli import main

if __name__ == "__main__":
    sys.exit(main())
