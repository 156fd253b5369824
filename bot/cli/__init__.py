"""`claimdesk`: the use cases from a terminal.

Exit codes: 0 done (no hits is an answer), 1 some failed, 2 can't.
"""

from __future__ import annotations

import sys

from bot.cli.commands import claimdesk
from bot.cli.screen import visible
from bot.errors import BotError


def main() -> None:
    """Run the command line and exit."""
    try:
        claimdesk(prog_name="claimdesk")
    except BotError as error:
        print(f"claimdesk: {visible(str(error))}", file=sys.stderr)
        sys.exit(2)
