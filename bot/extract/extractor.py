"""The extractor: runs the tagger on an article, applies the rules, and assembles an Extraction."""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.config import Cues, shipped_cues
from bot.extract.act import read_act
from bot.extract.budget import OutOfTimeError, Work, WorkBudget
from bot.extract.dates import find_date_said
from bot.extract.paragraphs import (
    Paragraph,
    first_part,
    paragraph_at,
    paragraph_index,
    paragraphs_of,
    spans_of,
)
from bot.extract.spans.chains import resolve_chains
from bot.extract.spans.drafts import Draft, content_type
from bot.extract.spans.nested import (
    give_back_quotations,
    is_first_person,
    is_pronoun,
    nested_attributions,
    span_to_retag,
)
from bot.extract.spans.open_quotes import join_quotations
from bot.extract.spans.repair import repair
from bot.extract.spans.transcripts import find_turns
from bot.extract.spans.unattributed import find_unattributed
from bot.extract.spans.untagged import (
    find_answers,
    find_asked,
    find_headline_speaker,
    find_quoted_blocks,
)
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer, PronounWeights
from bot.extract.speakers.resolution import SpeakerResolver
from bot.extract.speakers.speaker_confidence import Certainty, Speaker, SpeakerConfidence
from bot.extract.stance import StanceLexicon
from bot.extract.tagger.calibration import Calibration
from bot.extract.tagger.segments import list_segments
from bot.extract.tagger.tagger import MODEL_FOLDER, Tagger
from bot.extract.words import joined_text
from bot.languages.table import cue_verbs
from bot.model import Article, Attribution, Extraction, Span

EXTRA_ARTICLES = 2
"""Articles processed at once in addition to one per tagger thread: while rules run on some, the
paragraphs of others keep every thread busy."""


@dataclass(slots=True)
class _Progress:
    """An article in progress: its paragraphs and the drafts found so far.

    `article` and `paragraphs` end where the work budget does.
    """

    article: Article
    paragraphs: Sequence[Paragraph]
    drafts: list[Draft]
    stances: StanceLexicon
    work: Work

    def end_at(self, position: int) -> None:
        """Leave out the article from a position on, and all drafts that reach beyond it."""
        self.article = replace(self.article, text=self.article.text[:position])
        self.paragraphs = [part for part in self.paragraphs if part.end <= position]
        self.drafts = [
            draft for draft in self.drafts if max(draft.end, (draft.outer or draft).end) <= position
        ]

    def segments(self) -> Iterator[Paragraph]:
        """List the segments for the tagger."""
        # Before tagging, the only drafts are turns of a transcript, signed quotations, quoted
        # blocks, headlines and answers of an interview.
        finished = {
            index
            for draft in self.drafts
            for index in range(
                paragraph_index(self.paragraphs, draft.paragraph.start),
                paragraph_index(self.paragraphs, draft.paragraph.end - 1) + 1,
            )
        }
        return list_segments(self.article.text, self.paragraphs, finished)

    def reports_speech(self, draft: Draft) -> bool:
        """Tell whether a source is reported to have said something, not to have denied it."""
        stance, is_negated = self.stances.read(self.article.text, draft)
        has_speech_verb = not cue_verbs.SPEECH_VERBS.isdisjoint(draft.cue_words(self.article.text))
        return stance != "denied" and not is_negated and has_speech_verb

    def inner_contents(self) -> Iterator[tuple[Draft, Paragraph, Span]]:
        """List the parts of contents to tag again, each with its draft and paragraph."""
        for draft in self.drafts:
            for piece in draft.content:
                paragraph = paragraph_at(self.paragraphs, piece[0])
                inner = span_to_retag(self.article.text, paragraph, draft, piece)
                if inner:
                    yield draft, paragraph, inner


class Extractor:
    """Find the claims of articles, on `threads` threads (0: one per core).

    `cues` map cue verbs to stances (None: the shipped ones). `folder` holds the tagger's files and
    its calibration. `observe` is called with the seconds that each article took.
    Deterministic: an article gives the same extraction alone or in a batch. Thread-safe. Raises
    ExtractionError if the tagger's files are missing or damaged.
    """

    def __init__(
        self,
        threads: int = 0,
        cues: Cues | None = None,
        folder: Path = MODEL_FOLDER,
        budget: WorkBudget = WorkBudget(),  # noqa: B008  immutable
        certainty: Certainty = Certainty(),  # noqa: B008  immutable
        observe: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        threads = threads or os.cpu_count() or 1
        self._tagger = Tagger(threads, folder)
        self._calibration = Calibration.read(folder)
        self._speaker_confidence = SpeakerConfidence.read(folder)
        weights = PronounWeights.read(folder)
        self._pronoun_scorer = PronounScorer(weights, self._tagger.read_states)
        self._stances = StanceLexicon(cues or shipped_cues())
        self._budget, self._certainty, self._observe = budget, certainty, observe
        self._concurrency = threads + EXTRA_ARTICLES
        self._pool = self._new_pool()
        self._stopping = threading.Event()

    def _new_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._concurrency, "extractor")

    def extract(self, article: Article) -> Extraction:
        """Find the attributions and unattributed sentences of an article."""
        return self.submit(article).result()

    def submit(self, article: Article) -> Future[Extraction]:
        """Queue an article for extraction; articles run in the order of submission."""
        return self._pool.submit(self._extract, article)

    def submit_together(self, articles: Iterable[Article]) -> list[Future[Extraction]]:
        """Queue the articles of one source. They wait for one another, but not for others."""
        pool = self._new_pool()
        futures = [pool.submit(self._extract, article) for article in articles]
        pool.shutdown(wait=False)  # its threads end after the last article
        return futures

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Find the claims of many articles, in order, holding only a few in memory."""
        pending: deque[Future[Extraction]] = deque()
        try:
            for article in articles:
                pending.append(self.submit(article))
                if len(pending) > 2 * self._concurrency:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def stop(self) -> None:
        """End all extractions within about a second; they raise StoppingError."""
        self._stopping.set()

    def _extract(self, article: Article) -> Extraction:
        started_at = time.monotonic()
        try:
            return self._extract_within_budget(article)
        finally:
            self._observe(time.monotonic() - started_at)

    def _extract_within_budget(self, article: Article) -> Extraction:
        try:
            return self._extract_once(article)
        except OutOfTimeError:  # the machine may have been busy with something else
            try:
                return self._extract_once(article)
            except OutOfTimeError:
                return replace(paragraphs_only(article.text, self._budget), read_to=0)

    def _extract_once(self, article: Article) -> Extraction:
        work = Work(self._budget, self._stopping.is_set)
        progress = self._tag_paragraphs(article, work)
        self._tag_contents(progress)
        extraction = self._calibration.apply(
            _assemble(progress, self._pronoun_scorer, self._speaker_confidence, self._certainty)
        )
        read_to = len(progress.article.text)
        return extraction if read_to == len(article.text) else replace(extraction, read_to=read_to)

    def _tag_paragraphs(self, article: Article, work: Work) -> _Progress:
        text = first_part(article.text, self._budget.characters)
        article = article if text == article.text else replace(article, text=text)
        paragraphs = paragraphs_of(text)
        drafts = [
            *find_turns(text, paragraphs),
            *find_quoted_blocks(text, paragraphs),
            *find_headline_speaker(text, paragraphs),
            *find_answers(text, paragraphs),
        ]
        progress = _Progress(article, paragraphs, drafts, self._stances, work)
        to_tag = list(progress.segments())
        results = self._tagger.tag(
            (text[segment.start : segment.end] for segment in to_tag), work.check
        )
        with closing(results):
            for segment, tagged in zip(to_tag, results, strict=True):
                work.check()
                if not work.spend(tagged.windows):
                    progress.end_at(segment.start)
                    break
                repaired = repair(text, segment, tagged.attributions, segment.start)
                progress.drafts.extend(resolve_chains(text, repaired))
        progress.drafts += find_asked(text, progress.paragraphs, progress.drafts)
        progress.drafts[:] = join_quotations(
            progress.article.text, progress.paragraphs, progress.drafts, progress.reports_speech
        )
        return progress

    def _tag_contents(self, progress: _Progress) -> None:
        """Tag contents again, to add the attributions inside them."""
        text, work, found = (
            progress.article.text,
            progress.work,
            defaultdict[int, list[Draft]](list),
        )
        to_tag = list(progress.inner_contents())
        results = self._tagger.tag((text[slice(*inner)] for _, _, inner in to_tag), work.check)
        with closing(results):
            for (draft, paragraph, inner), tagged in zip(to_tag, results, strict=True):
                work.check()
                if not work.spend(tagged.windows):
                    progress.end_at(paragraph.start)
                    break
                nested = nested_attributions(text, draft, paragraph, inner, tagged.attributions)
                found[id(draft)] += nested
        progress.drafts[:] = [
            one
            for draft in progress.drafts
            for one in give_back_quotations(text, draft, found[id(draft)])
        ]


def paragraphs_only(text: str, budget: WorkBudget) -> Extraction:
    """Divide a text into paragraphs, as far as the budget reaches, and search it for nothing."""
    part = first_part(text, budget.characters)
    read_to = None if part == text else len(part)
    return Extraction(paragraphs=spans_of(paragraphs_of(part)), read_to=read_to)


def _assemble(
    progress: _Progress,
    pronoun_scorer: PronounScorer,
    speaker_confidence: SpeakerConfidence,
    certainty: Certainty,
) -> Extraction:
    text, paragraphs = progress.article.text, progress.paragraphs
    speakers = _resolve_speakers(progress, pronoun_scorer)
    progress.work.check()
    found: dict[Draft, Attribution] = {}
    for draft, speaker in speakers.items():
        progress.work.check()
        if draft.is_topic:
            continue
        attribution = _make_attribution(f"a{len(found) + 1}", progress, draft, speaker, found)
        confidence = speaker_confidence.probability(
            speaker.evidence, draft.confidence, speaker.likelihood
        )
        if draft.outer:
            confidence = min(confidence, found[draft.outer].speaker_confidence)
        attribution = replace(attribution, speaker_confidence=confidence)
        found[draft] = certainty.apply(attribution, speaker)
    attributions = tuple(found.values())
    claims = [attribution for attribution in attributions if attribution.act != "event"]
    return Extraction(
        attributions=attributions,
        unattributed=tuple(find_unattributed(text, paragraphs, claims)),
        paragraphs=spans_of(paragraphs),
    )


def _resolve_speakers(progress: _Progress, pronoun_scorer: PronounScorer) -> dict[Draft, Speaker]:
    """Resolve the speaker of each draft, without duplicates, in reading order.

    An outer attribution comes before those inside it.
    """
    text = progress.article.text
    resolver = SpeakerResolver(text, Names(text), progress.paragraphs, pronoun_scorer)
    speakers: dict[Draft, Speaker] = {}
    for draft in sorted(dict.fromkeys(progress.drafts), key=_reading_order):
        progress.work.check()
        outer = draft.outer if draft.outer and is_first_person(text, draft) else None
        speakers[draft] = speakers[outer] if outer else resolver.resolve(draft)
    return speakers


def _reading_order(draft: Draft) -> tuple[int, int, int]:
    outermost, depth = draft, 0
    while outermost.outer:
        outermost, depth = outermost.outer, depth + 1
    return outermost.start, depth, draft.start


def _make_attribution(
    attribution_id: str,
    progress: _Progress,
    draft: Draft,
    speaker: Speaker,
    found: Mapping[Draft, Attribution],
) -> Attribution:
    outer = found[draft.outer] if draft.outer else None
    article = progress.article
    via, unsure = speaker.via, draft.is_unsure or not speaker.is_sure
    if outer and speaker.name and speaker.name in (outer.speaker, outer.guess):
        via, unsure = outer.via, unsure or outer.unsure  # "I" is the outer speaker
    elif outer and outer.act != "event":
        outer_name = outer.speaker or joined_text(article.text, outer.source)
        via = (*via, outer_name, *outer.via) if outer_name else via
        # "He" in a quotation is usually somebody else, but may be anybody.
        unsure = unsure or is_pronoun(article.text, draft)
    stance, is_negated = progress.stances.read(article.text, draft)
    type_ = content_type(article.text, progress.paragraphs, draft.content)
    act = read_act(article.text, draft, type_)
    if act.act == "thought" and stance == "said":
        stance = "believes"  # "plans", "is confident"
    day, is_inferred = (None, False) if outer else find_date_said(article, draft)
    return Attribution(
        id=attribution_id,
        source=draft.source,
        # The first character of a content stands for a cue that is not printed.
        cue=draft.cue if draft.cue_start != draft.content[0][0] else (),
        content=draft.content,
        type=type_,
        speaker=speaker.name,
        source_kind=speaker.kind,
        act=act.act,
        stance=stance,
        negative=is_negated,
        via=via,
        inside=outer.id if outer else None,
        said_on=day,
        said_on_inferred=is_inferred,
        unsure=unsure,
        confidence=draft.confidence,
        act_confidence=act.probability,
    )
