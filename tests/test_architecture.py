"""docs/change/architecture.md matches the code: its rooms, and the calls of its two walks."""

from __future__ import annotations

import asyncio
import importlib
import re
import sys
import threading
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
from bot.slack.surfaces.answers import pages

ROOT = Path(__file__).resolve().parents[1]
BOT = ROOT / "bot"
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SEED = ROOT / "seeds" / "000_40d7738ea8a24f51.txt"
TEAM, PERSON = "T1", "U1"
ME = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_user_id="U9", bot_id="B9", bot_token="xoxb-1"
)

ROOM = re.compile(r"^\| `([\w./]+?)/?`", re.MULTILINE)
STEP = re.compile(r"^\| `(bot\.[\w.]+)` \|", re.MULTILINE)
NAME = re.compile(r"\bbot(?!\.yml\b)(?:\.\w+)+")
PATH = re.compile(r"(?<![\w./:~<>-])[\w-]+(?:[/.][\w-]+)*/?")
"""A possible path in a document: from the root, from bot/, or only a file name."""


@cache
def chapter(title: str) -> str:
    """The text of the architecture page below a heading, up to the next."""
    page = (ROOT / "docs" / "change" / "architecture.md").read_text("utf-8")
    return page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


# -- the rooms


def rooms() -> list[str]:
    return ROOM.findall(chapter("The rooms"))


def test_the_rooms_are_the_folders_of_bot() -> None:
    folders = [*BOT.glob("*/"), *BOT.glob("*/*/")]
    folders = [folder for folder in folders if folder.name != "__pycache__"]
    names = {str(folder.relative_to(BOT)) for folder in folders if any(folder.glob("*.*"))}
    assert names - set(rooms()) == set()
    assert [room for room in rooms() if not (BOT / room).exists()] == []


def test_rooms_are_in_the_order_of_import_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if "layers" in contract]
    level = {name.strip(): n for n, layer in enumerate(layers) for name in layer.split("|")}
    listed = [room.split("/")[0].removesuffix(".py") for room in rooms()]
    assert set(listed) == set(level)
    assert [level[room] for room in listed] == sorted(level[room] for room in listed)


# -- the walks


@contextmanager
def recorded(called: list[str]) -> Iterator[None]:
    """Append to `called` what is called in bot/, in the order of the first call.

    Covers this thread and threads that start meanwhile.
    """
    names: set[str] = set()

    def record_call(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and (name := name_of(frame)) and name not in names:
            names.add(name)
            called.append(name)

    previous = sys.getprofile()
    threading.setprofile(record_call)
    sys.setprofile(record_call)
    try:
        yield
    finally:
        sys.setprofile(previous)
        threading.setprofile(previous)


def name_of(frame: FrameType) -> str:
    """Return the name of the called function, or of the class if it is a constructor; "" outside
    bot/."""
    code, module = frame.f_code, frame.f_globals.get("__name__", "")
    class_ = None
    if module.startswith("namedtuple_"):
        class_ = frame.f_locals.get("_cls")
    elif not module.startswith("bot."):
        return ""
    elif code.co_name == "__init__":
        class_ = type(frame.f_locals[code.co_varnames[0]])
    if class_:
        return f"{class_.__module__}.{class_.__qualname__}"
    return f"{module}.{code.co_qualname.replace('.<locals>', '')}"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> config.Settings:
    """Settings for a data folder with an empty index."""
    loaded = config.load({"CLAIMDESK_DATA": str(tmp_path_factory.mktemp("data"))})
    with Newsroom(loaded) as newsroom:
        newsroom.updates.catch_up()
    return loaded


@pytest.fixture(scope="module")
def way_in(settings: config.Settings) -> list[str]:
    """The calls that ingest a seed file."""
    called: list[str] = []
    with recorded(called):
        result = CliRunner(env={"CLAIMDESK_DATA": str(settings.data)}).invoke(
            claimdesk, ["ingest", str(SEED)]
        )
    assert result.exit_code == 0, result.output
    return called


@pytest.fixture(scope="module")
def way_out(settings: config.Settings, way_in: list[str]) -> list[str]:
    """The calls that answer a command in Slack about the ingested article."""
    called: list[str] = []
    messages: list[str] = []

    async def call_slack(self: AsyncWebClient, method: str, **sent: Any) -> AsyncSlackResponse:
        messages.append(str(sent))
        data = {"ok": True, "user": {"id": PERSON, "team_id": TEAM, "name": "alice"}}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url=method, req_args={},
            data=data, headers={}, status_code=200,
        )  # fmt: skip

    async def type_command(newsroom: Newsroom) -> None:
        slack = SlackSettings(bot_token="xoxb-1", signing_secret="s")
        app = build_app(slack, newsroom, make_client(slack), ME)
        command = {"command": "/claim", "text": "yuan ruble", "trigger_id": "1"}
        body = {**command, "team_id": TEAM, "user_id": PERSON, "channel_id": "C1"}
        with recorded(called):
            await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
            await app.in_flight.finish(60)

    people.clear_cache()
    with pytest.MonkeyPatch.context() as patch, Newsroom(settings) as newsroom:
        patch.setattr(AsyncWebClient, "api_call", call_slack)
        # Only threads that start meanwhile are recorded.
        patch.setattr(pages, "page_threads", ThreadPoolExecutor(1))
        newsroom.open()
        asyncio.run(type_command(newsroom))
    assert "rubles" in messages[-1]
    return called


@pytest.mark.parametrize(("title", "walk"), [("The way in", "way_in"), ("The way out", "way_out")])
def test_each_walk_matches_the_calls(title: str, walk: str, request: pytest.FixtureRequest) -> None:
    called = request.getfixturevalue(walk)
    documented = STEP.findall(chapter(title))
    assert len(documented) > 25
    assert [name for name in documented if name not in called] == []
    assert documented == sorted(documented, key=called.index)


# -- names and paths in documents


@cache
def exists(name: str) -> bool:
    """Tell whether a dotted name is a module, class or function, including nested functions."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        return has_attributes(module, parts[end:])
    return False


def has_attributes(target: Any, names: list[str]) -> bool:
    for n, name in enumerate(names):
        fields = getattr(target, "__annotations__", {})
        if not hasattr(target, name):
            code = getattr(target, "__code__", None)
            return name in fields or bool(code and has_nested(code, names[n:]))
        target = getattr(target, name)
    return True


def has_nested(code: CodeType, names: list[str]) -> bool:
    nested = [c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == names[0]]
    return bool(nested) and (not names[1:] or has_nested(nested[0], names[1:]))


@cache
def file_names() -> frozenset[str]:
    """Return the names of all files that a document may mention."""
    folders = (ROOT / name for name in ("bot", "config", "docs", "tests", "training"))
    return frozenset(file.name for folder in folders for file in folder.rglob("*.*"))


def path_exists(path: str) -> bool:
    """Tell whether a path exists; texts that begin with none of our folders are not paths, nor
    what is made in build/."""
    if any((root / path).exists() for root in (ROOT, BOT)):
        return True
    first, slash, _ = path.partition("/")
    if not slash:
        return not path.endswith((".py", ".yml", ".md")) or path in file_names()
    return first == "build" or not any((root / first).is_dir() for root in (ROOT, BOT))


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_names_and_paths_in_documents_exist(file: Path) -> None:
    text = file.read_text("utf-8")
    assert sorted(name for name in set(NAME.findall(text)) if not exists(name)) == []
    assert sorted(path for path in set(PATH.findall(text)) if not path_exists(path)) == []


def test_files_named_in_comments_exist() -> None:
    paths = {
        (file.name, path)
        for file in BOT.rglob("*.py")
        for path in PATH.findall(file.read_text("utf-8"))
        if path.endswith(".py")
    }
    assert sorted(pair for pair in paths if not path_exists(pair[1])) == []
