from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from bot import config
from bot.config import RANGES, MetricsSettings, Proxies, Proxy, Settings
from bot.errors import SettingsError
from bot.store import Store


def load(tmp_path: Path, **environ: str) -> Settings:
    return config.load({"CLAIMDESK_DATA": str(tmp_path)} | environ, slack=True)


def refused(tmp_path: Path, **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, **environ)
    return str(caught.value)


def own(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / name).write_text(text)


def test_every_setting_is_in_bot_yml_with_its_default_and_a_comment() -> None:
    text = (config.shipped_folder("config") / "bot.yml").read_text()
    written = yaml.safe_load(text)
    assert set(written) == set(config.SECTIONS)
    for section, values in config.SECTIONS.items():
        told = {field.name for field in fields(values)} - {"servers", "password"}
        assert set(written[section]) == told
        for name in written[section]:
            assert re.search(rf"  # .*\n(?:    .*\n)*?  {name}:", text), f"{name} has no comment"
            if name != "spelling":
                default = getattr(values, name)
                assert written[section][name] == (
                    list(default) if isinstance(default, tuple) else default
                )
                assert isinstance(default, bool | str | tuple) or (section, name) in RANGES


def test_every_variable_of_the_environment_is_in_bot_yml() -> None:
    source = Path(config.__file__).with_name("environment.py").read_text()
    names = set(re.findall(r'(?:env\.get\(|_proxy_variable\(env, )"(\w+)"\)', source))
    assert len(names) == 11
    text = (config.shipped_folder("config") / "bot.yml").read_text()
    assert all(name in text for name in names)


def test_only_environment_py_reads_the_environment() -> None:
    package = Path(config.__file__).parents[1]
    read = re.compile(
        r"os\.(?:getenv|environ(?!\[\"\w+\"\] = ))"
    )  # to set a variable is not to read
    readers = [file.name for file in package.rglob("*.py") if read.search(file.read_text())]
    assert readers == ["environment.py"]


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


@pytest.mark.parametrize("limit", [0, 0.0, 0.65, 1])
def test_a_share_may_be_decimal_or_whole(tmp_path: Path, limit: float) -> None:
    own(tmp_path, "bot.yml", f"extract:\n  sure_from: {limit}\n")
    assert load(tmp_path).extract.sure_from == limit


@pytest.mark.parametrize("limit", ["-0.1", "1.01", ".nan", "true", "half", "65%", "[0.5]"])
def test_a_share_outside_its_range_is_reported(tmp_path: Path, limit: str) -> None:
    own(tmp_path, "bot.yml", f"extract:\n  sure_from: {limit}\n")
    told = refused(tmp_path)
    assert "extract.sure_from is " in told
    assert "but must be a number from 0 to 1" in told


@pytest.mark.parametrize("contact", ["desk@example.org", "https://example.org/bot?a=b", ""])
def test_a_contact_is_a_mail_or_web_address(tmp_path: Path, contact: str) -> None:
    own(tmp_path, "bot.yml", f"fetch:\n  contact: {contact}\n")
    assert load(tmp_path).fetch.contact == contact


@pytest.mark.parametrize("contact", ["the desk", '"a@b\\r\\nX: y"', "a@b) (c", "ä@b", "[a@b]", "3"])
def test_a_contact_invalid_in_headers_is_reported(tmp_path: Path, contact: str) -> None:
    own(tmp_path, "bot.yml", f"fetch:\n  contact: {contact}\n")
    assert "fetch.contact is " in refused(tmp_path)


@pytest.mark.parametrize(
    "site",
    [
        "cms.example.org",
        "http://cms:80",
        "cms:x",
        "10.0.0.0/8:80",
        3,
        "cms:0",
        "cms:65536",
        "..:80",
    ],
)
def test_an_allowed_site_is_a_host_and_a_port(tmp_path: Path, site: object) -> None:
    own(tmp_path, "bot.yml", 'fetch:\n  allowed: ["cms.example.org:8080", "[::1]:80"]\n')
    assert load(tmp_path).fetch.allowed == ("cms.example.org:8080", "[::1]:80")
    own(tmp_path, "bot.yml", f"fetch:\n  allowed: [{site}]\n")
    assert "must be a list of" in refused(tmp_path)


def test_the_shortest_interval_is_not_longer_than_the_longest(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "feeds:\n  shortest_minutes: 60\n  longest_minutes: 59\n")
    assert "feeds.shortest_minutes is 60, but must be no more than" in refused(tmp_path)
    own(tmp_path, "bot.yml", "feeds:\n  shortest_minutes: 60\n  longest_minutes: 60\n")
    assert load(tmp_path).feeds.longest_minutes == 60


def test_proxies_are_used_only_where_the_settings_say_so(tmp_path: Path) -> None:
    environ = {
        "HTTP_PROXY": "http://desk:p%40ss@proxy.internal:3128/",
        "https_proxy": "[::1]:8080",
        "NO_PROXY": ".example.org, CMS ,",
    }
    assert load(tmp_path, **environ).fetch.servers == Proxies()
    own(tmp_path, "bot.yml", "fetch:\n  proxies: true\n")
    settings = load(tmp_path, **environ)
    assert settings.fetch.servers == Proxies(
        http=Proxy("proxy.internal", 3128, "Basic ZGVzazpwQHNz"),
        https=Proxy("::1", 8080),
        excluded_hosts=("example.org", "cms"),
    )
    assert "ZGVzaz" not in repr(settings)
    assert load(tmp_path).fetch.servers == Proxies()


@pytest.mark.parametrize("url", ["socks5://u:sesame@h:1", "http://u:sesame@h", "u:sesame@h:99999"])
def test_an_invalid_proxy_is_reported_without_password(tmp_path: Path, url: str) -> None:
    own(tmp_path, "bot.yml", "fetch:\n  proxies: true\n")
    told = refused(tmp_path, HTTPS_PROXY=url)
    assert "HTTPS_PROXY must look like" in told
    assert "sesame" not in told


def test_each_process_may_have_its_own_port_for_metrics(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "metrics:\n  port: 9464\n")
    assert load(tmp_path).metrics.port == 9464
    environ = {"CLAIMDESK_DATA": str(tmp_path), "METRICS_PORT": "9465"}
    assert config.load(environ, slack=True).metrics == MetricsSettings(9465, "127.0.0.1")
    with pytest.raises(SettingsError, match="METRICS_PORT is '0', but must be a number from 1"):
        config.load({**environ, "METRICS_PORT": "0"}, slack=True)


def test_a_host_for_metrics_is_a_name_or_an_address(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", 'metrics:\n  host: "::1"\n')
    assert load(tmp_path).metrics.host == "::1"
    own(tmp_path, "bot.yml", "metrics:\n  host: http://x/\n")
    assert "metrics.host is 'http://x/', but must be a name or an address" in refused(tmp_path)


def test_a_count_may_not_be_decimal(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "digest:\n  claims: 3.0\n")
    assert "digest.claims is 3.0, but must be a whole number from 1 to 20" in refused(tmp_path)


def test_a_newsrooms_cues_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    own(tmp_path, "cues.yml", "denied: [Wave  away, say]\nirregular:\n  slay: slew slain\n")
    cues = load(tmp_path).cues
    assert (cues.stances["wave away"], cues.stances["say"]) == ("denied", "denied")
    assert cues.stances["warn"] == config.shipped_cues().stances["warn"] == "warned"
    assert (cues.irregular["slay"], cues.irregular["tell"]) == (("slew", "slain"), ("told",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("shouted: [yell]", "there is no stance 'shouted'; valid ones are said, claimed, denied"),
        ("said: [yell]\nasked: [yell]", "'yell' is under said and asked"),
        ("said: yell", "said must be a list of verbs"),
        ("said: [no]", "said must be a list of verbs"),  # which YAML reads as False
        ("said: ['']", "said must be a list of verbs"),
        ("irregular: [say]", "irregular must name verbs with their forms"),
        ("irregular: {say: [said]}", "irregular must name verbs with their forms"),
    ],
)
def test_mistakes_in_cues_are_reported(tmp_path: Path, text: str, told: str) -> None:
    own(tmp_path, "cues.yml", text)
    line = text.count("\n") + 1
    assert f"cues.yml, line {line}: {told}" in refused(tmp_path)


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_postgres_urls_get_their_driver(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg://u:p@h/d"


def test_all_mistakes_are_reported_at_once_without_secrets(tmp_path: Path) -> None:
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
        "DATABASE_URL must look like postgresql://",
        "PORT is '70000'",
        "bot.yml, line 2: digest.claims is 0, but must be a whole number from 1 to 20",
        "line 3: there is no setting digest.claimz; did you mean claims? Valid ones are "
        "catch_up_minutes, chart, claims, oldest_days",
        "extract must have settings",
        "search.spelling is ['ruble'], but must be a list of lists of words",
        "no setting news",
        "outlets has {'aliases': ['x']}",
        "outlets.yml, line 3: speakers has 3",
    ):
        assert expected in told
    assert "sesame" not in told


@pytest.mark.parametrize(
    ("outlets", "told"),
    [
        ("outlets: 5", "outlets must be a list"),
        ("speakers: {name: x}", "speakers must be a list"),
        ("apart: {a: b}", "apart must be a list of lists of names"),
        ("apart: [[Ada Roe, 3]]", "apart has ['Ada Roe', 3], which is not a list of names"),
        ("apart: [Ada Roe]", "apart has 'Ada Roe', which is not a list of names"),
        (
            "speakers: [{name: Ada Roe, aliases: [roe]}]\napart: [[Roe, ada roe]]",
            "speakers joins what apart keeps apart: ['Roe', 'ada roe']",
        ),
        ("outlets: [{name: The Post, aliases: post}]", "'aliases': 'post'}, but needs"),
        ("outlets: [{name: The Post, domains: {a: b}}]", "but needs name: and aliases: []"),
        (f"outlets: [{'x' * 999}]", "xxx…, but needs"),
        ("outlets: [{name: 2026-13-45}]", "cannot be read as YAML"),
        ("[" * 5000, "cannot be read as YAML"),
    ],
)
def test_invalid_names_are_reported(tmp_path: Path, outlets: str, told: str) -> None:
    own(tmp_path, "outlets.yml", outlets)
    own(tmp_path, "bot.yml", "digest: {claims: 0}")
    message = refused(tmp_path)
    assert told in message
    assert "digest.claims is 0" in message


def test_names_are_kept_apart_as_the_newsroom_says(tmp_path: Path) -> None:
    assert load(tmp_path).apart == ()
    own(tmp_path, "outlets.yml", "apart:\n  - [John Roe, John A. Roe]\n  - [Xi, Xi Mingze]\n")
    assert load(tmp_path).apart == (("John Roe", "John A. Roe"), ("Xi", "Xi Mingze"))


def test_null_overrides_nothing(tmp_path: Path) -> None:
    own(tmp_path, "bot.yml", "digest:\nsearch:\n")
    own(tmp_path, "outlets.yml", "outlets:\nspeakers:\n  - name: the CCP\n    aliases:\n")
    settings = load(tmp_path)
    assert settings.digest == config.DigestSettings()
    assert ("Kyiv", "Kiev") in settings.search.spelling
    assert settings.outlets == ()
    assert [speaker.aliases for speaker in settings.speakers] == [()]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:sesame@host:notaport/db",
        "postgresql://u:sesame@host:/db",
        "postgresql:u:sesame@host/db",
        "sesame:x@host",
        "user%sesame@host",
        "sqlite:sesame",
        "postgresql://h:5432?x=sesame@b:c",
        "postgresql+asyncpg://u:sesame@host/db",
    ],
)
def test_an_invalid_database_url_is_reported_without_password(tmp_path: Path, url: str) -> None:
    told = refused(tmp_path, DATABASE_URL=url)
    assert "DATABASE_URL must look like" in told
    assert "sesame" not in told


@pytest.mark.parametrize(
    "rest",
    ["host", "/name", "u@host/name", "u:p%40/w@[::1]:5432/name?sslmode=require", "h:5432?x=a"],
)
def test_databases_that_sqlalchemy_reads_are_let_through(tmp_path: Path, rest: str) -> None:
    url = load(tmp_path, DATABASE_URL=f"postgresql://{rest}").database_url
    assert url == f"postgresql+psycopg://{rest}"
    assert sa.make_url(url).drivername == "postgresql+psycopg"


def test_a_missing_home_folder_is_reported(tmp_path: Path) -> None:
    told = refused(tmp_path, CLAIMDESK_DATA="~nobody-of-this-name/x", PORT="none")
    assert "CLAIMDESK_DATA is '~nobody-of-this-name/x'" in told
    assert "PORT is 'none'" in told


@pytest.mark.parametrize("name", ["a?b", "a%b", "a%20b c", "a#b&c=d", "ä"])
def test_the_data_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    Store(load(folder).database_url).close()
    assert [file.name for file in folder.glob("*.sqlite3")] == ["claimdesk.sqlite3"]


def test_slacks_settings_are_looked_at_only_where_they_are_used(tmp_path: Path) -> None:
    environ = {"CLAIMDESK_DATA": str(tmp_path), "PORT": "none", "SLACK_BOT_TOKEN": "xapp-1"}
    assert config.load(environ).slack == config.SlackSettings()
    with pytest.raises(SettingsError, match="PORT is 'none'"):
        config.load(environ, slack=True)


@pytest.mark.parametrize(
    ("environ", "host"),
    [
        ({}, "127.0.0.1"),
        ({"PORT": "8080"}, ""),
        ({"PORT": "8080", "CLAIMDESK_HOST": "10.0.0.7"}, "10.0.0.7"),
        ({"CLAIMDESK_HOST": "::"}, "::"),
    ],
)
def test_it_listens_on_loopback_unless_a_port_or_host_is_set(
    tmp_path: Path, environ: dict[str, str], host: str
) -> None:
    assert load(tmp_path, **environ).slack.host == host
    assert "CLAIMDESK_HOST is 'a b'" in refused(tmp_path, CLAIMDESK_HOST="a b")


def test_secrets_stay_out_of_repr(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        SLACK_BOT_TOKEN="xoxb-sesame",
        SLACK_APP_TOKEN="xapp-sesame",
        SLACK_SIGNING_SECRET="sesame",
        DATABASE_URL="postgresql://desk:sesame@host/db",
    )
    assert "sesame" not in repr(settings)
