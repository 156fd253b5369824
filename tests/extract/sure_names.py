"""Judge the names of extracted attributions on articles that no rule was made on.

news/blind/ has articles by four authors who had seen neither rules nor program (a to d, the first
letter of each name), annotated by second readers; see news/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.extract.extractor import Extractor
from bot.extract.speakers.kinds import is_pronoun
from bot.extract.speakers.speaker_confidence import Certainty, Evidence, Speaker
from bot.model import Article, Attribution
from tests.extract import news_scores


@dataclass(frozen=True)
class JudgedName:
    """A name given to an annotated attribution, what it rests on, and whether it is right.

    `kind` is the speaker's, "person" or "body", as annotated; `named_kind` that of whom the article
    names so, if it is wrong. `certainty` is the tagger's.
    """

    author: str
    name: str
    evidence: Evidence
    certainty: float
    likelihood: float
    probability: float
    is_right: bool
    kind: str | None = None
    named_kind: str | None = None

    @property
    def is_inferred(self) -> bool:
        """Whether the source doesn't print the name."""
        return self.evidence != "name"


def judged_names(part: str) -> Iterator[JudgedName]:
    """Yield the names found in the articles of news/blind, news/open or news/frozen."""
    kept: dict[str, tuple[Attribution, Speaker]] = {}

    class EveryName(Certainty):
        """Lets each name stand, and keeps what it rests on."""

        def apply(self, attribution: Attribution, speaker: Speaker) -> Attribution:
            kept[attribution.id] = attribution, speaker
            return super().apply(attribution, speaker)

    extractor = Extractor(threads=1, certainty=EveryName(sure_from=0.0))
    for article, expected in news_scores.news(part):
        found = extractor.extract(article).attributions
        matches = news_scores._matches(article.text, expected, list(found))
        kinds = _kinds(part, article)
        for one, match in matches.items():
            raw, speaker = kept[match.id]
            if match.act != "event" and _is_name(match, speaker, one.speaker):
                yield JudgedName(
                    author=article.id[0] if part == "blind" else part,
                    name=match.speaker or "",
                    evidence=speaker.evidence,
                    certainty=raw.confidence,
                    likelihood=speaker.likelihood,
                    probability=match.speaker_confidence,
                    is_right=news_scores._share_a_name(match.speaker or "", one.speaker),
                    kind=kinds.get(one.speaker or ""),
                    named_kind=kinds.get(match.speaker or ""),
                )


def _is_name(found: Attribution, speaker: Speaker, expected: str | None) -> bool:
    """Tell whether a speaker is a name, not a description as the article prints it."""
    name = found.speaker
    if not name or is_pronoun(name) or found.source_kind != "named" or name == name.lower():
        return False
    is_described = name == speaker.printed and (not expected or name[0].islower())
    return not (is_described or (name.split()[-1].islower() and not expected))


def _kinds(part: str, article: Article) -> dict[str, str]:
    """Map the speakers of an article to person or body, as annotated."""
    path = news_scores.NEWS / part / f"{article.id}.json"
    annotated: Sequence[dict[str, str]] = json.loads(path.read_text("utf-8"))["attributions"]
    return {one["speaker"]: one["kind"] for one in annotated if one.get("kind") and one["speaker"]}
