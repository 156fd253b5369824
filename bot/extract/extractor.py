"""Article in, Extraction out: the tagger's reading, repaired, resolved and put in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.config import Cues, shipped_cues
from bot.extract.dates import date_said
from bot.extract.paragraphs import Paragraph, paragraph_at, paragraphs_of
from bot.extract.spans.chains import resolve_chains
from bot.extract.spans.drafts import Draft, content_type
from bot.extract.spans.nested import (
    is_first_person,
    is_pronoun,
    nested_attributions,
    span_to_reread,
)
from bot.extract.spans.open_quotes import join_quotations
from bot.extract.spans.repair import repair
from bot.extract.spans.transcripts import turns
from bot.extract.spans.unattributed import find_unattributed
from bot.extract.speakers.anonymity import anonymous_groups
from bot.extract.speakers.names import Names
from bot.extract.speakers.resolution import Speaker, SpeakerResolver
from bot.extract.stance import StanceLexicon
from bot.extract.tagger.calibration import Calibration
from bot.extract.tagger.segments import segments
from bot.extract.tagger.tagger import MODEL_FOLDER, Tagger
from bot.model import Article, Attribution, Extraction, Span

EXTRA_ARTICLES = 2
"""Articles processed beyond one per tagger thread: while rules run on some articles, paragraphs of
others keep every thread busy."""


@dataclass(frozen=True, slots=True)
class _Progress:
    """An article in progress: its paragraphs and the drafts found so far."""

    article: Article
    paragraphs: Sequence[Paragraph]
    drafts: list[Draft]
    stances: StanceLexicon

    def segments(self) -> Iterator[Paragraph]:
        """List the segments for the tagger."""
        known = {turn.paragraph.end for turn in self.drafts}
        return segments(self.article.text, self.paragraphs, known)

    def inner_contents(self) -> Iterator[tuple[Draft, Paragraph, Span]]:
        """List the parts of contents to tag again, each with its draft and paragraph."""
        for draft in self.drafts:
            for piece in draft.content:
                paragraph = paragraph_at(self.paragraphs, piece[0])
                inside = span_to_reread(self.article.text, paragraph, draft, piece)
                if inside:
                    yield draft, paragraph, inside


class Extractor:
    """Find the claims of articles, on `threads` threads (0: one per core).

    `cues` map cue verbs to stances (None: the shipped ones). `folder` holds the tagger's files and
    its calibration.
    Deterministic: an article gives the same extraction alone or in a batch. Thread-safe. Raises
    ExtractionError if the tagger's files are missing or damaged.
    """

    def __init__(
        self, threads: int = 0, cues: Cues | None = None, folder: Path = MODEL_FOLDER
    ) -> None:
        threads = threads or os.cpu_count() or 1
        self._tagger = Tagger(threads, folder)
        self._calibration = Calibration.read(folder)
        self._stances = StanceLexicon(cues or shipped_cues())
        self._concurrency = threads + EXTRA_ARTICLES
        self._pool = ThreadPoolExecutor(self._concurrency, "extractor")

    def extract(self, article: Article) -> Extraction:
        """Find the attributions and unattributed sentences of an article."""
        return self.submit(article).result()

    def submit(self, article: Article) -> Future[Extraction]:
        """Queue an article for extraction; articles run in the order of submission."""
        return self._pool.submit(self._extract, article)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Find the claims of many articles, in order, holding only a few in memory."""
        begun: deque[Future[Extraction]] = deque()
        try:
            for article in articles:
                begun.append(self.submit(article))
                if len(begun) > 2 * self._concurrency:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for future in begun:
                future.cancel()

    def _extract(self, article: Article) -> Extraction:
        reading = self._read(article)
        self._read_inside(reading)
        return self._calibration.apply(_extraction(reading))

    def _read(self, article: Article) -> _Progress:
        text, parts = article.text, paragraphs_of(article.text)
        reading = _Progress(article, parts, turns(text, parts), self._stances)
        todo = list(reading.segments())
        found = self._tagger.tag(text[at.start : at.end] for at in todo)
        for stretch, tagged in zip(todo, found, strict=True):
            reading.drafts.extend(
                resolve_chains(text, repair(text, stretch, tagged, stretch.start))
            )
        reading.drafts[:] = join_quotations(text, parts, reading.drafts)
        return reading

    def _read_inside(self, reading: _Progress) -> None:
        """Tag the contents again, to find attributions inside them."""
        text, todo = reading.article.text, list(reading.inner_contents())
        found = self._tagger.tag(text[slice(*inside)] for _, _, inside in todo)
        for (draft, paragraph, inside), tagged in zip(todo, found, strict=True):
            reading.drafts.extend(nested_attributions(text, draft, paragraph, inside, tagged))


def _extraction(reading: _Progress) -> Extraction:
    text = reading.article.text
    # Deduplicate. An outer attribution comes before those inside it.
    unique = dict.fromkeys(reading.drafts)
    drafts = sorted(unique, key=_sort_key)
    speakers = SpeakerResolver(text, Names(text), reading.paragraphs)
    spoken: dict[Draft, Speaker] = {}
    for draft in drafts:
        outer = spoken[draft.outer] if draft.outer else None
        itself = outer if is_first_person(text, draft) else None
        spoken[draft] = itself or speakers.resolve(draft)
    places = sorted(((draft.start, speaker) for draft, speaker in spoken.items()), key=_begins)
    hidden = anonymous_groups(text, reading.paragraphs, places)
    found: dict[Draft, Attribution] = {}
    claimed = [(draft, speaker) for draft, speaker in spoken.items() if not draft.topic]
    for count, (draft, speaker) in enumerate(claimed, 1):
        if speaker.kind == "described" and speaker.group in hidden:
            speaker = speaker._replace(kind="unnamed")
        found[draft] = _attribution(f"a{count}", reading, draft, speaker, found)
    attributions = tuple(found.values())
    unattributed = tuple(find_unattributed(text, reading.paragraphs, attributions))
    paragraphs = tuple((paragraph.start, paragraph.end) for paragraph in reading.paragraphs)
    return Extraction(attributions=attributions, unattributed=unattributed, paragraphs=paragraphs)


def _sort_key(draft: Draft) -> tuple[int, bool, int]:
    return (draft.outer or draft).start, draft.outer is not None, draft.start


def _begins(spoken: tuple[int, Speaker]) -> int:
    return spoken[0]


def _attribution(
    name: str,
    reading: _Progress,
    draft: Draft,
    spoken: Speaker,
    found: Mapping[Draft, Attribution],
) -> Attribution:
    outer = found[draft.outer] if draft.outer else None
    article = reading.article
    via, unsure = spoken.via, draft.unsure or not spoken.sure
    if outer and outer.speaker == spoken.name:
        via, unsure = outer.via, unsure or outer.unsure  # "I": the outer speaker, no link added
    elif outer and outer.speaker:
        # "He" in a quotation is usually somebody else, but may be anybody.
        via, unsure = (*via, outer.speaker, *outer.via), unsure or is_pronoun(article.text, draft)
    stance, negative = reading.stances.read(article.text, draft)
    day, inferred = (None, False) if outer else date_said(article, draft)
    return Attribution(
        id=name,
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        type=content_type(article.text, reading.paragraphs, draft.content),
        speaker=spoken.name,
        source_kind=spoken.kind,
        stance=stance,
        negative=negative,
        via=via,
        inside=outer.id if outer else None,
        said_on=day,
        said_on_inferred=inferred,
        unsure=unsure,
        confidence=draft.confidence,
    )
