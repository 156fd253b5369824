"""Makes `python -m bot` the command `claimdesk`."""

from bot.cli import main
from bot.cli.group import claimdesk

claimdesk.register_module(
    "bot.slack_commands",
    {
        "slack": "Answer in Slack.",
        "worker": "Do the background jobs.",
        "run": "Run slack and worker in one process.",
        "demo": "Try Claimdesk in a local Slack.",
        "digest": "The daily digest.",
    },
)

if __name__ == "__main__":
    main()
