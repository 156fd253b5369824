"""The command-line interface, `claimdesk`.

Exit codes: 0 success (including no hits), 1 partial failure, 2 error.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

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
        _require_text(sys.argv[1:])
        claimdesk(prog_name="claimdesk")
    except BotError as error:
        from bot.cli.output.screen import make_visible

        print(f"claimdesk: {make_visible(str(error))}", file=sys.stderr)
        sys.exit(2)


def _require_text(arguments: Sequence[str]) -> None:
    """Raise BotError for an argument that is neither UTF-8 nor the name of a file.

    Python makes lone surrogates of such bytes, which can be neither searched for nor stored.
    """
    for argument in arguments:
        is_text = not any("\ud800" <= character <= "\udfff" for character in argument)
        if not is_text and not Path(argument).exists():
            raise BotError(
                "an argument cannot be read",
                subject=ascii(argument),
                cause="it is not UTF-8, and no file has this name",
                remedy="Set the terminal to UTF-8.",
            )
