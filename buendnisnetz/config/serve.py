"""``bin/serve``: production, web and worker by one command."""

from buendnisnetz.config.running import parser, run
from buendnisnetz.core.home import Mode


def main(arguments: list[str]) -> int:
    """Start production. Behind a reverse proxy that ends TLS; see docs/operations.md."""
    options = parser("bin/serve", "Startet Web und Hintergrunddienst.")
    options.add_argument("--host", default="127.0.0.1", help="Adresse (Vorgabe: %(default)s)")
    chosen = options.parse_args(arguments)
    return run(
        mode=Mode.PRODUCTION,
        host=chosen.host,
        port=chosen.port,
        address=f"http://{chosen.host}:{chosen.port}",
        prepare=[],
    )
