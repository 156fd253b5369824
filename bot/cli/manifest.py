"""`claimdesk manifest`: print the manifest from which the Slack app is created."""

from __future__ import annotations

import json

import click
import yaml

from bot.cli.group import claimdesk
from bot.config import manifest


@claimdesk.command("manifest")
@click.option("--http", "address", metavar="URL", help="For signed HTTP at this public address.")
@click.option("--minimal", is_flag=True, help="Only with the permissions that the bot must have.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of YAML.")
def manifest_command(address: str | None, minimal: bool, as_json: bool) -> None:
    """Print the manifest from which to create the Slack app.

    Paste it at api.slack.com/apps, under "From a manifest". Without --http it is for Socket Mode.
    """
    if not (address or minimal or as_json):
        click.echo(manifest.manifest_file().read_text(encoding="utf-8"), nl=False)
        return
    printed = manifest.load_manifest()
    if minimal:
        printed = manifest.without_optional(printed)
    if address:
        printed = manifest.for_http(printed, address)
    if as_json:
        click.echo(json.dumps(printed, ensure_ascii=False, indent=2))
    else:
        click.echo(yaml.safe_dump(printed, sort_keys=False, allow_unicode=True), nl=False)
