"""`python -m bot` is the command `claimdesk`."""

from bot import slack_commands  # noqa: F401 (adds its commands to the group)
from bot.cli import main

if __name__ == "__main__":
    main()
