"""Judge a play from outside: by Slack's channels, and by what commands in the terminal print."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tests.simulations.chaos.front import Command, text_of
from tests.simulations.chaos.installation import Installation
from tests.simulations.chaos.people import expected_code
from tests.simulations.chaos.stories import Story
from tests.slack.fake_slack import Json

PROMISES = (
    *("articles filed twice", "articles missing", "articles without their claim"),
    *("digests missing", "digests posted twice", "alerts missing", "alerts posted twice"),
    *("commands without an answer", "commands answered twice", "answers without the claim"),
    *("claims that the index lacks", "claims only in the index", "problems that doctor finds"),
    *("processes not ready at the end", "commands in the terminal that failed at the end"),
)
"""What must not happen; a play counts how often it did."""


class Verdict:
    """Counts what happened, and each broken promise; `faults` describes them."""

    def __init__(self) -> None:
        self.violations = Counter(dict.fromkeys(PROMISES, 0))
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    def break_promise(self, promise: str, what: object) -> None:
        assert promise in PROMISES
        self.violations[promise] += 1
        self.faults.append(f"{promise}: {what}")

    # -- Slack

    def judge_digests(self, messages: Mapping[str, Sequence[Json]]) -> None:
        """Check that each channel, in which there is nothing else, has one digest."""
        for channel, posted in messages.items():
            self._judge_posted("digests", channel, len(posted))

    def judge_alerts(self, watched: Sequence[Story], messages: Sequence[Json]) -> None:
        """Check that each watched story, which is watched for once, has one alert."""
        texts = list(map(text_of, messages))
        for story in watched:
            number = sum(f"watch {story.code}" in _plain(text) for text in texts)
            self._judge_posted("alerts", story.code, number)

    def _judge_posted(self, kind: str, what: str, number: int) -> None:
        self.counts[f"{kind} posted"] += number
        if number == 0:
            self.break_promise(f"{kind} missing", what)
        for _ in range(number - 1):
            self.break_promise(f"{kind} posted twice", what)

    def judge_commands(
        self, commands: Sequence[Command], typed: int, filed: Sequence[Story]
    ) -> None:
        """Check that whoever typed a command was answered once or told to try again."""
        self.counts["commands typed"] = typed
        for _ in range(typed - len(commands)):
            self.break_promise("commands without an answer", "not delivered")
        for command in commands:
            if command.is_answered:
                self.counts["commands answered"] += 1
                self._judge_answer(command, filed)
            elif command.is_told_to_try_again:
                by = "the bot" if command.status == 200 else "Slack"
                self.counts[f"commands told by {by} to try again"] += 1
            else:
                self.break_promise("commands without an answer", str(command))

    def _judge_answer(self, command: Command, filed: Sequence[Story]) -> None:
        texts = list(map(text_of, command.answers))
        if len(set(texts)) < len(texts):
            self.break_promise("commands answered twice", str(command))
        code = expected_code(command, filed)
        if code and not any(f"{code} inquiry" in _plain(text) for text in texts):
            self.break_promise("answers without the claim", str(command))

    # -- the terminal

    async def judge_archive(self, system: Installation, stories: Sequence[Story]) -> None:
        """Compare what was published, the store and the index."""
        titles = await self._titles(system)
        self.counts["articles filed"] = titles.total()
        for story in stories:
            number = titles[story.title]
            if number == 0:
                self.break_promise("articles missing", f"{story.title} ({story.way})")
            for _ in range(number - 1):
                self.break_promise("articles filed twice", f"{story.title} ({story.way})")
        stored = await self._stored_claims(system, stories)
        found = await self._found_claims(system, stories)
        for story in stories:
            if titles[story.title] and not stored[story.code]:
                self.break_promise("articles without their claim", story.title)
            for claim in stored[story.code] - found[story.code]:
                self.break_promise("claims that the index lacks", f"{story.title}, {claim}")
            for claim in found[story.code] - stored[story.code]:
                self.break_promise("claims only in the index", f"{story.title}, {claim}")
        for finding in (await system.claimdesk("doctor", "--json")).lines:
            if finding["verdict"] == "problem":
                self.break_promise("problems that doctor finds", finding)
        for name, why in (await system.unready()).items():
            self.break_promise("processes not ready at the end", f"{name}: {why}")

    async def _titles(self, system: Installation) -> Counter[str]:
        done = await system.claimdesk("articles", "--json", "--limit", 100_000)
        self.require_success("articles", done.code, done.err)
        return Counter(article["title"] for article in done.lines)

    async def _stored_claims(
        self, system: Installation, stories: Sequence[Story]
    ) -> Mapping[str, set[str]]:
        """Return the ids of the store's claims that have the code words."""
        done = await system.claimdesk("export", "--format", "csv")
        self.require_success("export", done.code, done.err)
        codes = {story.code for story in stories}
        stored: defaultdict[str, set[str]] = defaultdict(set)
        for row in csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))):
            self.counts["claims filed"] += 1
            for code in codes.intersection(row["text"].split()):
                stored[code].add(row["id"])
        return stored

    async def _found_claims(
        self, system: Installation, stories: Sequence[Story]
    ) -> Mapping[str, set[str]]:
        """Return the ids of the claims that a search for each code word finds."""
        queries = "\n".join(story.code for story in stories)
        done = await system.claimdesk("claim", "--json", "--limit", 50, "-", given=queries)
        self.require_success("claim", done.code, done.err)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for story, answer in zip(stories, done.lines, strict=False):
            found[story.code] = {hit["id"] for hit in answer["hits"]}
        return found

    def require_success(self, command: str, code: int | None, err: str) -> None:
        if code != 0:
            what = f"{command}: {code} {err[-500:]}"
            self.break_promise("commands in the terminal that failed at the end", what)


def _plain(text: str) -> str:
    """Return a text without marks of emphasis and quotation, and without invisible characters."""
    return "".join(character for character in text if character.isalnum() or character in " \n")
