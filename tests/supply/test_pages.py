"""The pages that are made when the site is built have every command and setting."""

from __future__ import annotations

import re

import yaml

from bot.cli.group import claimdesk
from supply.pages import OUTSIDE, ROOT, commands, helps, on_page_markdown, settings


def test_every_command_and_option_has_its_place() -> None:
    page = commands()
    names = [name for name, _ in helps(claimdesk, "claimdesk")]
    assert len(names) > 40
    assert re.findall(r"^## (.+)", page, re.MULTILINE) == names
    assert "## claimdesk corrections accept\n" in page
    assert "--older-than DAYS" in page


def test_every_setting_has_a_row_with_default_and_meaning() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| `(.+?)` \| (\w.+) \|$", settings(), re.MULTILINE)
    shipped = yaml.safe_load((ROOT / "config" / "bot.yml").read_text("utf-8"))
    expected = {f"{section}.{name}" for section, named in shipped.items() for name in named}
    assert {name for name, _, _ in rows} == expected
    assert ("store.connections", "15") in [(name, default) for name, default, _ in rows]


def test_links_to_files_that_the_site_lacks_become_words() -> None:
    assert on_page_markdown("See [the file](../../config/bot.yml).") == "See the file."
    assert on_page_markdown("See [there](../run/deploy.md#slack).") == (
        "See [there](../run/deploy.md#slack)."
    )
    assert OUTSIDE.sub(r"\1", "[a](seeds/) [b](docs/use/search.md) [c](#d)") == (
        "a [b](docs/use/search.md) [c](#d)"
    )
