"""docs/architecture.md is true: it names the rooms that there are, and both walks go as it says."""

from __future__ import annotations

import asyncio
import importlib
import re
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from click.testing import CliRunner
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncSlackResponse, AsyncWebClient

from bot import config
from bot.cli.group import claimdesk
from bot.config import SlackSettings
from bot.newsroom import Newsroom
from bot.slack.app import build_app, make_client
from bot.slack.gate import people

ROOT = Path(__file__).resolve().parents[1]
BOT = ROOT / "bot"
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SEED = ROOT / "seeds" / "000_40d7738ea8a24f51.txt"
TEAM, PERSON = "T1", "U1"
ME = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_user_id="U9", bot_id="B9", bot_token="xoxb-1"
)

ROOM = re.compile(r"^\| `([\w./]+?)/?`", re.MULTILINE)
STEP = re.compile(r"^\| `(bot\.[\w.]+)` \|", re.MULTILINE)
NAME = re.compile(r"\bbot(?!\.yml\b)(?:\.\w+)+")
PATH = re.compile(r"(?<![\w./:~<>-])[\w-]+(?:[/.][\w-]+)*/?")
"""What may be a folder or file, as documents write it: from the root, from bot/, or its name."""


@cache
def chapter(title: str) -> str:
    """The text of the architecture page below a heading, up to the next."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


# -- the rooms


def rooms() -> list[str]:
    return ROOM.findall(chapter("The rooms"))


def test_the_rooms_are_the_folders_of_bot() -> None:
    folders = (one for one in [*BOT.glob("*/"), *BOT.glob("*/*/")] if any(one.glob("*.*")))
    there = {str(one.relative_to(BOT)) for one in folders if one.name != "__pycache__"}
    assert there - set(rooms()) == set()
    assert [room for room in rooms() if not (BOT / room).exists()] == []


def test_the_rooms_stand_in_the_order_of_the_import_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if "layers" in one]
    place = {name.strip(): n for n, layer in enumerate(layers) for name in layer.split("|")}
    told = [room.split("/")[0].removesuffix(".py") for room in rooms()]
    assert set(told) == set(place)
    assert [place[room] for room in told] == sorted(place[room] for room in told)


# -- the walks


@contextmanager
def recorded(called: list[str]) -> Iterator[None]:
    """Note what of bot/ is called first, then next, in this thread and those that begin here."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and (name := name_of(frame)) and name not in seen:
            seen.add(name)
            called.append(name)

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(before)


def name_of(frame: FrameType) -> str:
    """What of bot/ is called: a class where an object of it is made, else a function; "" for what
    is none of ours."""
    code, module = frame.f_code, frame.f_globals.get("__name__", "")
    made = None
    if module.startswith("namedtuple_"):
        made = frame.f_locals.get("_cls")
    elif not module.startswith("bot."):
        return ""
    elif code.co_name == "__init__":
        made = type(frame.f_locals[code.co_varnames[0]])
    if made:
        return f"{made.__module__}.{made.__qualname__}"
    return f"{module}.{code.co_qualname.replace('.<locals>', '')}"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> config.Settings:
    """Settings of a data folder that holds only an empty index."""
    chosen = config.load({"CLAIMDESK_DATA": str(tmp_path_factory.mktemp("data"))})
    with Newsroom(chosen) as newsroom:
        newsroom.updates.catch_up()
    return chosen


@pytest.fixture(scope="module")
def way_in(settings: config.Settings) -> list[str]:
    """What is called to ingest one seed file."""
    called: list[str] = []
    with recorded(called):
        done = CliRunner(env={"CLAIMDESK_DATA": str(settings.data)}).invoke(
            claimdesk, ["ingest", str(SEED)]
        )
    assert done.exit_code == 0, done.output
    return called


@pytest.fixture(scope="module")
def way_out(settings: config.Settings, way_in: list[str]) -> list[str]:
    """What is called to answer a command in Slack about the article that was ingested."""
    called: list[str] = []
    shown: list[str] = []

    async def asked(self: AsyncWebClient, method: str, **sent: Any) -> AsyncSlackResponse:
        shown.append(str(sent))
        told = {"ok": True, "user": {"id": PERSON, "team_id": TEAM, "name": "alice"}}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url=method, req_args={},
            data=told, headers={}, status_code=200,
        )  # fmt: skip

    async def type_command(newsroom: Newsroom) -> None:
        slack = SlackSettings(bot_token="xoxb-1", signing_secret="s")
        app = build_app(slack, newsroom, make_client(slack), ME)
        typed = {"command": "/claim", "text": "yuan ruble", "trigger_id": "1"}
        body = {**typed, "team_id": TEAM, "user_id": PERSON, "channel_id": "C1"}
        with recorded(called):
            await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
            await app.in_flight.finish()

    people.clear_cache()
    with pytest.MonkeyPatch.context() as patch, Newsroom(settings) as newsroom:
        patch.setattr(AsyncWebClient, "api_call", asked)
        newsroom.open()
        asyncio.run(type_command(newsroom))
    assert "rubles" in shown[-1]
    return called


@pytest.mark.parametrize(("title", "walk"), [("The way in", "way_in"), ("The way out", "way_out")])
def test_the_walk_goes_as_it_is_told(title: str, walk: str, request: pytest.FixtureRequest) -> None:
    called = request.getfixturevalue(walk)
    told = STEP.findall(chapter(title))
    assert len(told) > 25
    assert [name for name in told if name not in called] == []
    assert told == sorted(told, key=called.index)


# -- what the documents name


@cache
def exists(name: str) -> bool:
    """Whether there is a module, class or function of this dotted name; a function may stand in
    another."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        return all_there(found, parts[end:])
    return False


def all_there(found: Any, names: list[str]) -> bool:
    for n, name in enumerate(names):
        fields = getattr(found, "__annotations__", {})
        if not hasattr(found, name):
            inner = getattr(found, "__code__", None)
            return name in fields or bool(inner and is_within(inner, names[n:]))
        found = getattr(found, name)
    return True


def is_within(code: CodeType, names: list[str]) -> bool:
    inner = [one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == names[0]]
    return bool(inner) and (not names[1:] or is_within(inner[0], names[1:]))


@cache
def files() -> frozenset[str]:
    """The names of all files that a document may speak of."""
    folders = (ROOT / name for name in ("bot", "config", "docs", "tests", "training"))
    return frozenset(one.name for folder in folders for one in folder.rglob("*.*"))


def is_there(path: str) -> bool:
    """Whether a folder or file is there; what begins with no folder of ours is no path."""
    if any((root / path).exists() for root in (ROOT, BOT)):
        return True
    first, slash, _ = path.partition("/")
    if not slash:
        return not path.endswith((".py", ".yml", ".md")) or path in files()
    return not any((root / first).is_dir() for root in (ROOT, BOT))


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_what_a_document_names_is_there(file: Path) -> None:
    text = file.read_text("utf-8")
    assert sorted(name for name in set(NAME.findall(text)) if not exists(name)) == []
    assert sorted(path for path in set(PATH.findall(text)) if not is_there(path)) == []


def test_the_files_that_comments_name_are_there() -> None:
    named = {
        (file.name, path)
        for file in BOT.rglob("*.py")
        for path in PATH.findall(file.read_text("utf-8"))
        if path.endswith(".py")
    }
    assert sorted(one for one in named if not is_there(one[1])) == []
