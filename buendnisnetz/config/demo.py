"""``bin/demo``: the demonstration, on this machine only."""

from buendnisnetz.config.running import parser, run
from buendnisnetz.core.home import Mode


def main(arguments: list[str]) -> int:
    """Start the demonstration and print its address once it answers; Ctrl-C stops it."""
    options = parser("bin/demo", "Startet die Vorführung mit erfundenen Menschen.").parse_args(
        arguments
    )
    return run(
        mode=Mode.DEMO,
        # Never anything but loopback: the sign-ins are public.
        host="127.0.0.1",
        port=options.port,
        # A name, because passkeys need one.
        address=f"http://localhost:{options.port}",
        prepare=["--demo"],
    )
