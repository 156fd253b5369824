"""What is killed, paused and restarted during a play, and when."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.simulations.chaos.installation import Installation
from tests.simulations.chaos.supervised import Supervised

What = Literal["kill web", "kill worker", "kill node", "pause node", "restart PostgreSQL"]
PAUSE_SECONDS = 20.0
PAUSE_SHARES = 0.4, 0.65
"""Between which shares of a play a node is paused, and none is killed."""
WAIT_SECONDS = 60.0
"""How long a pause waits for the cluster to be whole; a node starts slowly on a busy machine."""
WEIGHTS: dict[What, int] = {"kill web": 4, "kill worker": 6, "kill node": 2}
SIGNALS = {"kill": signal.SIGKILL, "restart": signal.SIGINT}
"""SIGINT makes PostgreSQL close all connections and stop, as an operator does who restarts it."""


@dataclass(frozen=True)
class Attack:
    at: float
    what: What


def plan_attacks(seed: int, seconds: float, *, with_nodes: bool) -> list[Attack]:
    """Plan the attacks of a play, one every few seconds.

    PostgreSQL restarts after about a third and two thirds of it, and a node is paused about the
    middle; a play of less than three minutes has one kill of each kind and one restart.
    """
    chance = random.Random(f"attacks {seed}")
    attacks = list(_short_plan(seconds) if seconds < 180 else _long_plan(chance, seconds))
    return sorted(
        (attack for attack in attacks if with_nodes or "node" not in attack.what),
        key=lambda attack: attack.at,
    )


def _short_plan(seconds: float) -> Iterator[Attack]:
    whats: Sequence[What] = ("kill worker", "kill web", "restart PostgreSQL", "kill node")
    for place, what in enumerate(whats, 1):
        yield Attack(seconds * place / (len(whats) + 1), what)


def _long_plan(chance: random.Random, seconds: float) -> Iterator[Attack]:
    for share in (1, 2):
        yield Attack(seconds * (share / 3 + chance.uniform(-0.05, 0.05)), "restart PostgreSQL")
    begin, end = (seconds * share for share in PAUSE_SHARES)
    yield Attack(begin, "pause node")
    at = chance.uniform(3, 7)
    while at < seconds:
        (what,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
        if what != "kill node" or not begin < at < end:
            yield Attack(at, what)
        at += chance.uniform(3, 7)


class Attacker:
    """Carries out a plan; `counts` has what was done, `log` when."""

    def __init__(self, system: Installation, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self.log: list[str] = []
        self._system, self._chance = system, random.Random(f"victims {seed}")

    async def carry_out(self, plan: Sequence[Attack]) -> None:
        """Carry out a plan. A node is left alone until the cluster is whole again."""
        time = asyncio.get_running_loop().time
        began = time()
        async with asyncio.TaskGroup() as pauses:
            for attack in plan:
                await asyncio.sleep(began + attack.at - time())
                victim = await self._attack(attack.what, pauses)
                self.log.append(f"{time() - began:6.1f} {attack.what}: {victim or 'spared'}")
                self.counts[attack.what if victim else f"{attack.what}, spared"] += 1

    async def _attack(self, what: What, pauses: asyncio.TaskGroup) -> str | None:
        """Attack, and return what was hit; None if nothing could be."""
        verb, kind = what.split()
        victim = self._chance.choice(self._system.of_kind(kind))
        if verb == "pause":
            pauses.create_task(self._pause(victim))
            return victim.name
        if kind == "node" and not await self._system.are_nodes_up():
            return None
        return victim.name if victim.send_signal(SIGNALS[verb]) else None

    async def _pause(self, victim: Supervised) -> None:
        """Pause a node, once the cluster is whole."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT_SECONDS):
                while not await self._system.are_nodes_up():
                    await asyncio.sleep(1)
        victim.send_signal(signal.SIGSTOP)
        await asyncio.sleep(PAUSE_SECONDS)
        victim.send_signal(signal.SIGCONT)
