"""A play: everything of a large installation at work while its processes are killed."""

from __future__ import annotations

import asyncio
import contextlib
import random
import resource
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.slack.local import ALICE, free_port
from tests.outlet_site import OutletSite
from tests.simulations.chaos.attacks import Attacker, plan_attacks
from tests.simulations.chaos.front import Front
from tests.simulations.chaos.installation import Installation, WideSlack
from tests.simulations.chaos.outlets import Outlets
from tests.simulations.chaos.people import People
from tests.simulations.chaos.stories import FEEDS, Story, make_stories
from tests.simulations.chaos.verdict import Verdict

ARRIVAL_SHARE = 0.9
"""The share of a play in which articles arrive."""
FILED_BEFORE = 10
"""Articles that are filed before the play, about which people ask in it."""
WATCH_CHANNELS = ("C10WATCH", "C11WATCH")
FILING_SECONDS = 600.0
"""How long it may take after a play until everything is filed, on a busy machine."""
POSTING_SECONDS = 240.0
"""How long it may take after that until everything is posted: a dead worker's job is taken again
after two minutes, and messages to a channel are a second apart."""
QUIET_SECONDS = 5.0
"""How long it is watched after that whether anything is posted twice."""


@dataclass(frozen=True)
class Plan:
    """How a play goes: for so many seconds, with so many articles and watches."""

    seed: int
    seconds: float
    articles: int
    watches: int
    with_cluster: bool = True

    @property
    def digest_channels(self) -> list[str]:
        """The channels with a digest: one for each minute of the play."""
        return [f"C2{n}DIGEST" for n in range(max(1, round(self.seconds / 60)))]


@dataclass
class Result:
    verdict: Verdict
    attacks: Counter[str]
    cpu_seconds: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)


async def play(plan: Plan, site: OutletSite, slack_folder: Path, cache: Path, keep: Path) -> Result:
    """Play, and judge the outcome. Logs are copied to the folder `keep`."""
    front_port = free_port()
    channels = [*plan.digest_channels, *WATCH_CHANNELS]
    earlier = cpu_seconds(resource.RUSAGE_CHILDREN), cpu_seconds(resource.RUSAGE_SELF)
    with WideSlack(slack_folder, front_port, channels) as slack:
        system = Installation(cache, with_cluster=plan.with_cluster, settings=_settings(site))
        front = Front(front_port, system.web_ports)
        async with (
            aiohttp.ClientSession() as session,
            front.opened(),
            system.opened(slack),
        ):
            try:
                result = await _play(plan, system, site, front, People(slack, front, session))
            finally:
                system.keep_logs(keep)
                (keep / "commands.txt").write_text("\n".join(map(str, front.commands)))
        (keep / "attacks.txt").write_text("\n".join(result.log))
        result.cpu_seconds.update(system.cpu_seconds)
    # Only now everything has ended.
    others = cpu_seconds(resource.RUSAGE_CHILDREN) - earlier[0] - result.cpu_seconds.total()
    result.cpu_seconds["local Slack and commands in the terminal"] = others
    result.cpu_seconds["the play itself"] = cpu_seconds(resource.RUSAGE_SELF) - earlier[1]
    return result


def cpu_seconds(whose: int) -> int:
    """Return the CPU-seconds of this process, or of those that it has waited for."""
    usage = resource.getrusage(whose)
    return round(usage.ru_utime + usage.ru_stime)


def _settings(site: OutletSite) -> dict[str, Any]:
    return {
        "fetch": {"allowed": [site.address]},
        "feeds": {"shortest_minutes": 1, "gap_seconds": 0},
        "people": {"admins": [ALICE], "requests_at_once": 1000},
        "search": {"vectors": False},
        "digest": {"chart": False},
        "watches": {"alerts_an_hour": 1000, "per_person": 1000},
        "extract": {"threads": 1},
    }


async def _play(
    plan: Plan, system: Installation, site: OutletSite, front: Front, people: People
) -> Result:
    began = time.monotonic()
    stories = make_stories(plan.seed, plan.articles, plan.seconds * ARRIVAL_SHARE)
    before = [Story(plan.seed, plan.articles + n, -1.0, "file") for n in range(FILED_BEFORE)]
    inbox = system.new_folder("inbox")
    outlets = Outlets([*before, *stories], site, system, inbox)
    await _require(system, outlets, before)
    chance = random.Random(f"people {plan.seed}")
    watched = chance.sample(stories, plan.watches)
    await people.set_up(plan.digest_channels, WATCH_CHANNELS, watched)
    attacker = Attacker(system, plan.seed)
    attacks = plan_attacks(plan.seed, plan.seconds, with_nodes=plan.with_cluster)
    outlets.begin()
    playing = time.monotonic()
    async with _in_background(outlets.bring_files(), people.type_commands(chance, before)):
        await attacker.carry_out(attacks)
        await asyncio.sleep(playing + plan.seconds - time.monotonic())
    settling = time.monotonic()
    verdict = Verdict()
    await _settle(plan, system, outlets, people, verdict, watched)
    judging = time.monotonic()
    verdict.judge_digests({c: await people.messages(c) for c in plan.digest_channels})
    alerts = [message for c in WATCH_CHANNELS for message in await people.messages(c)]
    verdict.judge_alerts(watched, alerts)
    verdict.judge_commands(front.commands, people.typed, before)
    await verdict.judge_archive(system, [*before, *stories])
    seconds = {
        "preparing": playing - began,
        "playing": settling - playing,
        "settling": judging - settling,
        "judging": time.monotonic() - judging,
    }
    return Result(verdict, attacker.counts, seconds=seconds, log=attacker.log)


async def _require(system: Installation, outlets: Outlets, before: Sequence[Story]) -> None:
    """File the first articles, and add the feeds."""
    done = await outlets.ingest_now(before)
    assert done.code == 0, done
    for number in range(FEEDS):
        done = await system.claimdesk("feed", "add", outlets.feed_url(number))
        assert done.code == 0, done


@contextlib.asynccontextmanager
async def _in_background(*work: Awaitable[None]) -> AsyncIterator[None]:
    """Do some work until the end of the block."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        yield
        for task in tasks:
            assert not task.done(), task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _settle(
    plan: Plan,
    system: Installation,
    outlets: Outlets,
    people: People,
    verdict: Verdict,
    watched: Sequence[Story],
) -> None:
    """Let the installation finish its work: no attacks, and everything has been brought."""
    with contextlib.suppress(TimeoutError):
        await system.until_ready()
    failures: list[str] = []

    async def is_all_filed() -> bool:
        commands = (await outlets.ingest(), await system.claimdesk("feed", "poll"))
        failures[:] = [f"{done.code} {done.err[-500:]}" for done in commands if done.code != 0]
        filed = await system.claimdesk("articles", "--json", "--limit", 100_000)
        return not failures and len(filed.lines) >= plan.articles + FILED_BEFORE

    await _until(is_all_filed, FILING_SECONDS)
    for failure in failures:
        verdict.break_promise("commands in the terminal that failed at the end", failure)

    async def is_all_posted() -> bool:
        digests = [len(await people.messages(channel)) for channel in plan.digest_channels]
        alerts = [len(await people.messages(channel)) for channel in WATCH_CHANNELS]
        return all(digests) and sum(alerts) >= len(watched)

    await _until(is_all_posted, POSTING_SECONDS)
    await asyncio.sleep(QUIET_SECONDS)


async def _until(is_reached: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Wait for something, but not longer than some seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not await is_reached():
                await asyncio.sleep(1)


def report(result: Result) -> str:
    """Format a result as a table."""
    verdict, lines = result.verdict, list[str]()

    def add(title: str, counts: dict[str, Any] | Counter[str]) -> None:
        lines.extend(["", title])
        lines.extend(f"{number:>8.0f}  {what}" for what, number in counts.items())

    add("what must not happen", verdict.violations)
    add("what happened", dict(sorted((verdict.counts + result.attacks).items())))
    add("CPU-seconds", dict(sorted(result.cpu_seconds.items())))
    lines.append(f"{result.cpu_seconds.total():>8.0f}  altogether")
    add("seconds", result.seconds)
    return "\n".join([*lines, "", *verdict.faults[:40]])
