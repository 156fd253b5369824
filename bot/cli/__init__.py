"""The command-line interface, `claimdesk`.

Exit codes: 0 success (including no hits), 1 partial failure, 2 error.
"""

from __future__ import annotations

import atexit
import gc
import sys

from bot.cli.group import claimdesk
from bot.errors import BotError

GC_THRESHOLD = 250_000
"""The number of new objects after which Python looks for reference cycles. There are few cycles,
and an import creates millions of objects outside them: with the default of 700 it spends 6 % of
its time looking."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(GC_THRESHOLD)
    # Otherwise Python looks for cycles again at exit, which takes a fifth of a search's time.
    atexit.register(gc.freeze)
    try:
        claimdesk(prog_name="claimdesk")
    except BotError as error:
        from bot.cli.output.screen import make_visible

        print(f"claimdesk: {make_visible(str(error))}", file=sys.stderr)
        sys.exit(2)
