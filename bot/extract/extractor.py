"""Article in, Extraction out: the tagger's reading, repaired, resolved and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.extract.anonymity import nameless
from bot.extract.chains import linked, may_hold_another, nested
from bot.extract.dates import said_on
from bot.extract.drafts import Draft, content_type
from bot.extract.names import Names
from bot.extract.open_quotes import continued
from bot.extract.passages import Passage, passages
from bot.extract.repair import repair
from bot.extract.speakers import Speaker, Speakers
from bot.extract.stance import stance_of
from bot.extract.statements import find_statements
from bot.extract.tagger import Tagger
from bot.model import Article, Attribution, Extraction

BATCH = 60_000  # characters of articles whose paragraphs are tagged together


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article on its way: its passages and what is found so far."""

    article: Article
    passages: Sequence[Passage]
    drafts: list[Draft]


class Extractor:
    """Find the claims of articles, on `threads` threads (0: one for each core).

    The same article always gives the same extraction, alone or among others. Raises
    ExtractionError when the tagger's files are missing or damaged.
    """

    def __init__(self, threads: int = 0) -> None:
        self._tagger = Tagger(threads)

    def extract(self, article: Article) -> Extraction:
        """Find the attributions and statements of an article."""
        return next(self.extract_many([article]))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Find the claims of many articles, in order; only a batch of them is held at a time."""
        for batch in _batches(articles):
            readings = self._read(batch)
            self._read_inside(readings)
            yield from map(_extraction, readings)

    def _read(self, batch: Sequence[Article]) -> list[_Reading]:
        readings = [_Reading(article, passages(article.text), []) for article in batch]
        todo = [
            (reading, passage)
            for reading in readings
            for passage in reading.passages
            if passage.kind == "text"
        ]
        texts = [reading.article.text[at.start : at.end] for reading, at in todo]
        for (reading, passage), tagged in zip(todo, self._tagger.tag(texts), strict=True):
            text = reading.article.text
            found = repair(text, passage, tagged, passage.start)
            reading.drafts.extend(linked(text, found))
        for reading in readings:
            reading.drafts[:] = continued(reading.article.text, reading.passages, reading.drafts)
        return readings

    def _read_inside(self, readings: Sequence[_Reading]) -> None:
        """Read the contents once more, for attributions inside them."""
        todo = [
            (reading, draft, piece)
            for reading in readings
            for draft in reading.drafts
            for piece in may_hold_another(reading.article.text, draft)
        ]
        texts = [reading.article.text[start:end] for reading, _, (start, end) in todo]
        for (reading, draft, piece), tagged in zip(todo, self._tagger.tag(texts), strict=True):
            reading.drafts.extend(nested(reading.article.text, draft, piece, tagged))


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _extraction(reading: _Reading) -> Extraction:
    text = reading.article.text
    # Twice the same draft is one; an outer attribution comes before what lies inside it.
    unique = dict.fromkeys(reading.drafts)
    drafts = sorted(unique, key=_place)
    speakers = Speakers(text, Names(text), reading.passages)
    spoken = {draft: speakers.resolve(draft) for draft in drafts}
    places = sorted(((draft.start, speaker) for draft, speaker in spoken.items()), key=_begins)
    hidden = nameless(text, reading.passages, places)
    found: dict[Draft, Attribution] = {}
    claimed = [(draft, speaker) for draft, speaker in spoken.items() if not draft.topic]
    for count, (draft, speaker) in enumerate(claimed, 1):
        if speaker.kind == "described" and speaker.group in hidden:
            speaker = speaker._replace(kind="unnamed")
        found[draft] = _attribution(f"a{count}", reading, draft, speaker, found)
    attributions = tuple(found.values())
    statements = tuple(find_statements(text, reading.passages, attributions))
    paragraphs = tuple((passage.start, passage.end) for passage in reading.passages)
    return Extraction(attributions=attributions, statements=statements, paragraphs=paragraphs)


def _place(draft: Draft) -> tuple[int, bool, int]:
    return (draft.outer or draft).start, draft.outer is not None, draft.start


def _begins(spoken: tuple[int, Speaker]) -> int:
    return spoken[0]


def _attribution(
    name: str,
    reading: _Reading,
    draft: Draft,
    spoken: Speaker,
    found: Mapping[Draft, Attribution],
) -> Attribution:
    outer = found[draft.outer] if draft.outer else None
    article = reading.article
    via = spoken.via
    if outer and outer.speaker:
        via = (*via, outer.speaker, *outer.via)
    stance, negative = stance_of(article.text, draft)
    day, inferred = (None, False) if outer else said_on(article, draft)
    return Attribution(
        id=name,
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        type=content_type(article.text, reading.passages, draft.content),
        speaker=spoken.name,
        source_kind=spoken.kind,
        stance=stance,
        negative=negative,
        via=via,
        inside=outer.id if outer else None,
        said_on=day,
        said_on_inferred=inferred,
        unsure=draft.unsure or not spoken.known,
        confidence=round(draft.confidence, 4),
    )
