from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from bot import config
from bot.config import RANGES, Settings
from bot.errors import SettingsError


def load(tmp_path: Path, **environ: str) -> Settings:
    return config.load({"CLAIMDESK_DATA": str(tmp_path)} | environ)


def refused(tmp_path: Path, **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, **environ)
    return str(caught.value)


def own(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / name).write_text(text)


def test_every_setting_is_in_bot_yml_with_its_default_and_a_comment() -> None:
    text = (config.shipped("config") / "bot.yml").read_text()
    written = yaml.safe_load(text)
    defaults = {"ingest": config.IngestSettings(), "extract": config.ExtractSettings()}
    defaults |= {"search": config.SearchSettings(), "digest": config.DigestSettings()}
    assert set(written) == set(defaults)
    for section, values in defaults.items():
        assert set(written[section]) == {field.name for field in fields(values)}
        for name in written[section]:
            assert re.search(rf"  # .*\n(?:    .*\n)*?  {name}:", text), f"{name} has no comment"
            if name != "spelling":
                assert written[section][name] == getattr(values, name)
                assert (section, name) in RANGES


def test_every_variable_of_the_environment_is_in_bot_yml() -> None:
    source = Path(config.__file__).read_text()
    names = set(re.findall(r'env\.get\("(\w+)"\)', source))
    assert len(names) == 7
    text = (config.shipped("config") / "bot.yml").read_text()
    assert all(name in text for name in names)


def test_nothing_else_reads_the_environment() -> None:
    package = Path(config.__file__).parent
    readers = [
        p.name for p in package.rglob("*.py") if re.search(r"os\.(environ|getenv)", p.read_text())
    ]
    assert readers == ["config.py"]


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    settings = load(tmp_path, SLACK_APP_TOKEN=" ", DATABASE_URL="", PORT="", SLACK_API_URL="")
    assert settings.slack.app_token is None
    assert settings.slack.port == 3000
    assert settings.database_url == f"sqlite:///{tmp_path}/claimdesk.sqlite3"


def test_the_data_folders_settings_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "digest:\n  claims: 7\nsearch:\n  spelling: [[jail, gaol]]\n")
    own(tmp_path, "outlets.yml", "outlets:\n  - name: The Post\n    aliases: [post]\n")
    settings = load(tmp_path)
    assert (settings.digest.claims, settings.digest.oldest_days) == (7, 3)
    assert settings.search.spelling == (("jail", "gaol"),)
    assert [outlet.name for outlet in settings.outlets] == ["The Post"]


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_postgres_urls_get_their_driver(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg://u:p@h/d"


def test_all_mistakes_are_told_at_once_without_secrets(tmp_path: Path) -> None:
    own(
        tmp_path,
        "bot.yml",
        "digest:\n  claims: 0\n  claimz: 1\nextract: 3\nsearch:\n  spelling: [ruble]\nnews: {}\n",
    )
    own(tmp_path, "outlets.yml", "outlets:\n  - aliases: [x]\nspeakers: [3]\n")
    told = refused(
        tmp_path,
        SLACK_BOT_TOKEN="sesame-1",
        SLACK_APP_TOKEN="sesame-2",
        DATABASE_URL="mysql://desk:sesame-3@host/db",
        PORT="70000",
    )
    for expected in (
        "SLACK_BOT_TOKEN must begin with xoxb-",
        "SLACK_APP_TOKEN must begin with xapp-",
        "DATABASE_URL begins with mysql:",
        "PORT is '70000'",
        "digest.claims is 0, but must be a whole number from 1 to 20",
        "no setting digest.claimz; valid are catch_up_minutes, claims, oldest_days",
        "extract must hold settings",
        "search.spelling has 'ruble'",
        "no setting news",
        "outlets has {'aliases': ['x']}",
        "speakers has 3",
    ):
        assert expected in told
    assert "sesame" not in told


def test_yaml_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "digest: [")
    assert str(tmp_path / "config" / "bot.yml") in refused(tmp_path)


def test_secrets_stay_out_of_repr(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        SLACK_BOT_TOKEN="xoxb-sesame",
        SLACK_APP_TOKEN="xapp-sesame",
        SLACK_SIGNING_SECRET="sesame",
        DATABASE_URL="postgresql://desk:sesame@host/db",
    )
    assert "sesame" not in repr(settings)
