"""`claimdesk`: the use cases from a terminal.

Exit codes: 0 done (no hits is an answer), 1 some failed, 2 can't.
"""

from __future__ import annotations

import atexit
import gc
import sys

from bot.cli.group import claimdesk
from bot.errors import BotError

NEW_OBJECTS = 250_000
"""After how many Python looks for reference cycles: there are few, and an import makes millions of
objects that are in none. The default of 700 takes it 6 % of its time."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(NEW_OBJECTS)
    # Or Python looks for reference cycles once more before it ends: a fifth of what a search costs.
    atexit.register(gc.freeze)
    try:
        claimdesk(prog_name="claimdesk")
    except BotError as error:
        from bot.cli.output.screen import visible

        print(f"claimdesk: {visible(str(error))}", file=sys.stderr)
        sys.exit(2)
