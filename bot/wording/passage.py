"""The passage of a claim: the sentences that contain it, and how they are shortened. No I/O.

Without its sentence, content may read as the opposite ("it was warned") or be meaningless
("this").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.languages.table import cue_forms, passages, printed_roles
from bot.model import Before, Claim, Passage, Span, Spans, pieces
from bot.text.negation import extend_to_negation
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences
from bot.text.spans import overlap, shifted, subtract, trimmed
from bot.wording.runs import shorten

MAX_LENGTH = 350
"""Characters shown of a passage; longer passages are cut around the content."""
GAP = "[…]"
MAX_OVERRUN = 3
"""A passage may be up to this many times MAX_LENGTH, to keep its source, cue and matches."""

FEW_WORDS = 2
"""Content with at most this many words needs the sentence before it ("this", "nonsense")."""
SENTENCE_END = re.compile(r"[.?!…][”’\"')\]»]*$")
"""The end of a sentence, which headings, bylines and links to other stories lack."""
# The dateline before the first sentence: "LINDMARK (CPA) —", "Oslo (AP) –".
DATELINE = re.compile(
    r"(?:[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,40}(?:,[^()—–\n]{2,40}?)?(?:\s*\([^()\n]{2,30}\))?"
    r"|(?:[^\W\d_a-z][\w.'’-]*,?\s+){1,4}(?:\d{1,2}\s+)?\([^\W\d_a-z][^()\n]{1,29}\))"
    r"\s*(?:[—–]|--?)\s+(?=\S)"
)
MAX_DATELINE_PARAGRAPHS = 3
"""The number of paragraphs at the start, including headings and bylines, that may begin with a
dateline."""
MAX_SENTENCES_BACK = 3
"""The number of sentences before the claim's own that are searched for intermediaries."""
CONTEXT_WORDS = 4
"""Words to keep on each side of a match, since one may be "never"."""
_WORD = re.compile(r"\S+")
_NOT_A_WORD = re.compile(r"[\W_]+")


def passage_of(
    text: str,
    paragraphs: Spans,
    *,
    content: Spans,
    source: Spans = (),
    cue: Spans = (),
    via: Sequence[str] = (),
    needs_previous: bool = False,
    speaker: str | None = None,
    others: Sequence[Claim] = (),
    nested: Collection[str] = (),
) -> Passage:
    """Collect the sentences of an article that contain a claim.

    `source`, `cue` and `content` are spans of its text. Earlier sentences are added if they name
    the intermediaries (`via`), if the content is too short to understand alone or begins with a
    pronoun, or if the source may be wrong or refers to them (`needs_previous`).

    `others` are the attributions nearby; those with `nested` ids are inside this one or around it.
    An earlier sentence that attributes something to another than `speaker` is not added but is
    `before`, and such a sentence within the content is left out.
    """
    article = _Sentences(text, paragraphs)
    cue = article.with_negation(cue, source)
    own = (*source, *cue)
    shown, earlier = [article.sentences_around(span) for span in (*own, *content)], list[Span]()
    is_needed = bool(
        needs_previous or says_little(text, content) or begins_with_pronoun(text, content, article)
    )
    before = None
    for sentence in article.sentences_before(article.sentences_around(content[0])):
        if not overlap((sentence,), tuple(shown)):
            before = _said_before(article, sentence, speaker, others, is_needed=is_needed)
            earlier += [sentence] if is_needed and not before else []
    known = (*shown, *earlier, *(before.passage.spans if before and is_needed else ()))
    intermediaries = [span for name in via if (span := article.find_name(name, known))]
    for sentence in map(article.sentences_around, intermediaries):
        naming = _said_before(article, sentence, speaker, others, is_needed=True)
        earlier += [] if naming else [sentence]
        before = before if before and before.is_needed else naming or before
    strangers = [
        other
        for other in others
        if other.id not in nested and not (speaker and other.speaker == speaker)
    ]
    cuts = _sentences_within(article, content, own, strangers)
    spans = _merge_spans(text, (*shown, *earlier))
    if overlap(kept := subtract(spans, cuts), content) and cuts:
        spans = tuple(trimmed(text, *span) for span in kept)
    return Passage(
        spans=spans,
        text=f" {GAP} ".join(text[start:end] for start, end in spans),
        source=to_passage_offsets(spans, source),
        cue=to_passage_offsets(spans, cue),
        content=to_passage_offsets(spans, content),
        uncut=to_passage_offsets(spans, (*earlier, *_attributing(article, spans, others))),
        before=before,
    )


def _sentences_within(
    article: _Sentences, content: Spans, own: Spans, others: Sequence[Claim]
) -> Spans:
    """Return the sentences in which content has another's source and cue, but none of its `own`."""
    within = (
        article.sentences_around(other.cue_spans[0])
        for other in others
        if overlap(other.cue_spans, content) and overlap(other.source_spans, content)
        if not article.is_quoted(other.cue_spans[0][0])
    )
    return tuple(sentence for sentence in within if not overlap((sentence,), own))


def _attributing(article: _Sentences, spans: Spans, others: Sequence[Claim]) -> set[Span]:
    """Return the sentences within `spans` that attribute something to the others' sources."""
    parts = ((other, part) for other in others for part in (*other.source_spans, *other.cue_spans))
    return {
        sentence
        for other, part in parts
        if overlap((part,), spans)
        and overlap((sentence := article.sentences_around(part),), other.spans)
    }


def _said_before(
    article: _Sentences,
    sentence: Span,
    speaker: str | None,
    others: Sequence[Claim],
    *,
    is_needed: bool,
) -> Before | None:
    """Return what a sentence attributes to others than a speaker; None if nothing."""
    parts = {other.id: (*other.source_spans, *other.cue_spans, *other.spans) for other in others}
    said = [other for other in others if overlap((sentence,), parts[other.id])]
    said = [other for other in said if other.inside not in {outer.id for outer in said}]
    if all(speaker and other.speaker == speaker for other in said):
        return None
    cue = article.with_negation(said[0].cue_spans, said[0].source_spans)
    passage = Passage(
        spans=(sentence,),
        text=article.text[slice(*sentence)],
        source=to_passage_offsets((sentence,), said[0].source_spans),
        cue=to_passage_offsets((sentence,), cue),
        content=to_passage_offsets((sentence,), said[0].spans),
    )
    return Before(claim=said[0], passage=passage, is_needed=is_needed)


def says_little(text: str, content: Spans) -> bool:
    """Whether content is too short to understand alone: "nonsense", "to say when"."""
    words = _NOT_A_WORD.sub(" ", pieces(text, content)).split()
    return len(words) <= FEW_WORDS or bool(passages.BARE_INFINITIVE.fullmatch(text, *content[0]))


def refers_back(source: str | None, cue: str | None) -> bool:
    """Whether source or cue refer to an earlier sentence: "one of them", "he told them"."""
    return bool(
        (source and cue_forms.refers_back(source)) or (cue and passages.has_unclear_addressee(cue))
    )


def begins_with_pronoun(text: str, content: Spans, article: _Sentences) -> bool:
    """Whether content begins with a pronoun outside quotation marks."""
    start, end = content[0]
    return passages.starts_with_pronoun(text[start:end]) and not article.is_quoted(start)


class _Sentences:
    """The sentences of an article, split lazily by paragraph."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self.text = text
        self._paragraphs = paragraphs or ((0, len(text)),)

    def sentences_around(self, span: Span) -> Span:
        """Return the span of the whole sentences that contain a span."""
        first, last = (
            self._sentences_in(self._paragraph_index(span[0])),
            self._sentences_in(self._paragraph_index(span[1] - 1)),
        )
        first_index = bisect_right(first, span[0], key=lambda sentence: sentence[1])
        start = first[first_index][0] if first_index < len(first) else span[0]
        # The sentences do not cover the whole span if a source looks like a dateline: "NATO – an
        # alliance of 32 – said …".
        last_index = bisect_left(last, span[1], key=lambda sentence: sentence[0])
        end = last[max(last_index - 1, 0)][1] if last else span[1]
        return min(start, span[0]), max(end, span[1])

    def sentences_before(self, span: Span, limit: int = 1) -> list[Span]:
        """Return up to `limit` complete sentences before a span, nearest first."""
        complete: list[Span] = []
        for index in range(self._paragraph_index(span[0]), -1, -1):
            spans = self._sentences_in(index)
            before = bisect_right(spans, span[0], key=lambda sentence: sentence[1])
            for sentence in reversed(spans[:before]):
                if len(complete) == limit:
                    return complete
                if SENTENCE_END.search(self.text, *sentence):
                    complete.append(sentence)
        return complete

    def find_name(self, name: str, spans: Sequence[Span]) -> Span | None:
        """Find a name in the nearest sentence before some spans; None if these contain it."""
        pattern = re.compile(
            rf"\b{re.escape(printed_roles.LEADING_ARTICLE.sub('', name))}\b", re.IGNORECASE
        )
        if any(pattern.search(self.text, *span) for span in spans):
            return None
        earlier = self.sentences_before(min(spans), MAX_SENTENCES_BACK)
        matches = (pattern.search(self.text, *span) for span in earlier)
        return next((match.span() for match in matches if match), None)

    def is_quoted(self, position: int) -> bool:
        """Whether a position is within a quotation of its paragraph."""
        start, end = self._paragraphs[self._paragraph_index(position)]
        return is_quoted(self.text[start:end], position - start)

    def with_negation(self, cue: Spans, source: Spans) -> Spans:
        """Extend a cue by the words of its paragraph that negate it."""
        if not cue:
            return cue
        start, _ = self._paragraphs[self._paragraph_index(cue[0][0])]
        return _merge_spans(self.text, extend_to_negation(self.text, cue, source, start))

    def _paragraph_index(self, position: int) -> int:
        return max(bisect_right(self._paragraphs, position, key=lambda span: span[0]) - 1, 0)

    def _sentences_in(self, paragraph_index: int) -> Spans:
        start, end = self._paragraphs[paragraph_index]
        dateline = (
            DATELINE.match(self.text, start, end)
            if paragraph_index < MAX_DATELINE_PARAGRAPHS
            else None
        )
        start = dateline.end() if dateline else start
        return _sentences_at(start, self.text[start:end])


@lru_cache(maxsize=64)
def _sentences_at(start: int, paragraph: str) -> Spans:
    """Return the sentences of a paragraph that starts at an offset of the article."""
    return shifted(sentences(paragraph), start)


def _merge_spans(text: str, spans: Iterable[Span]) -> Spans:
    """Sort spans and merge those with only white space between them."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def to_passage_offsets(passage_spans: Spans, spans: Spans) -> Spans:
    """Map spans of an article to offsets in the text of a passage that covers `passage_spans`."""
    mapped, offset = [], 0
    for start, end in passage_spans:
        shift = offset - start
        within = ((max(s, start), min(e, end)) for s, e in spans)
        mapped += [(s + shift, e + shift) for s, e in within if s < e]
        offset += end - start + len(GAP) + 2
    return tuple(sorted(mapped))


def to_article_spans(passage_spans: Spans, spans: Spans) -> Spans:
    """Map offsets in the text of a passage to spans of the article.

    This is the inverse of to_passage_offsets.
    """
    mapped, offset = [], 0
    for start, end in passage_spans:
        shift, offset_end = start - offset, offset + end - start
        mapped += [(s + shift, e + shift) for s, e in spans if offset <= s and e <= offset_end]
        offset = offset_end + len(GAP) + 2
    return tuple(sorted(mapped))


# -- shortening


def shorten_passage(
    passage: Passage, matches: Spans = (), max_length: int = MAX_LENGTH
) -> tuple[str, Spans]:
    """Return the text of a passage, shortened to `max_length`, and the `matches` in it.

    It is cut between words, with […] for each gap. The source, the cue with its negation, the words
    between these and the content, and the matches are kept. The remaining space goes to the
    content, from its start, then to the words around it. A sentence that is `uncut` is kept or
    left out as a whole.
    """
    text = passage.text
    if len(text) <= max_length:
        return text, matches
    words = [match.span() for match in _WORD.finditer(text)]
    own = (*passage.cue, *passage.source)
    between = [
        (end, start)
        for (first, end), (start, last) in pairwise(sorted({*own, *passage.content}))
        if (first, end) in own or (start, last) in own
        if any(begin <= end and start <= finish for begin, finish in sentences(text))
    ]
    essential = [index for span in (*own, *between) for index in _word_indexes(words, (span,))]
    matched = [*_word_indexes(words, matches)]
    needed = {*essential, *matched, *_by_priority(words, passage)[:1]}
    context = {
        neighbour
        for index in matched
        for neighbour in range(index - CONTEXT_WORDS, index + CONTEXT_WORDS + 1)
    }
    essential += sorted(context & set(range(len(words))))
    uncut = [
        set(_word_indexes(words, ((start, end),)))
        for start, end in passage.uncut
        if end - start <= MAX_OVERRUN * MAX_LENGTH
    ]
    selected = {index for sentence in uncut if sentence & needed for index in sentence}
    # Source, cue and matches may exceed the limit, up to MAX_OVERRUN times.
    space = MAX_OVERRUN * max_length - _length(words, selected)
    selected = _add_while_they_fit(essential, words, selected, space)
    space, others = max_length - _length(words, selected), _by_priority(words, passage)
    selected = _add_while_they_fit(others, words, selected, space)
    selected = selected.difference(*(one for one in uncut if not one <= selected))
    if selected.isdisjoint(_word_indexes(words, passage.content)):
        return shorten(text, max_length), ()
    _fill_small_gaps(words, selected)
    return _join_selected(text, words, sorted(selected), matches)


def _word_indexes(words: Sequence[Span], spans: Spans) -> Iterator[int]:
    for index, (start, end) in enumerate(words):
        if any(start < e and s < end for s, e in spans):
            yield index


def _by_priority(words: Sequence[Span], passage: Passage) -> list[int]:
    """Sort words by priority: those of the content first, then by distance from its start."""
    content_words = list(dict.fromkeys(_word_indexes(words, passage.content)))
    content_start, content_set = (content_words[0] if content_words else 0), set(content_words)
    others = [index for index in range(len(words)) if index not in content_set]
    return [*content_words, *sorted(others, key=lambda index: abs(index - content_start))]


def _add_while_they_fit(
    indexes: Iterable[int], words: Sequence[Span], selected: set[int], space: int
) -> set[int]:
    """Add words to those kept, in order, while there is space.

    No word is skipped in favour of a shorter one after it, because it may negate the rest.
    """
    selected = set(selected)
    for index in indexes:
        size = words[index][1] - words[index][0] + 1
        if index in selected:
            continue
        if size > space:
            break
        selected.add(index)
        space -= size
    return selected


def _length(words: Sequence[Span], selected: set[int]) -> int:
    gaps = sum(index - 1 not in selected for index in selected)
    return sum(words[index][1] - words[index][0] + 1 for index in selected) + gaps * (len(GAP) + 1)


def _fill_small_gaps(words: Sequence[Span], selected: set[int]) -> None:
    """Keep single words that are no longer than the […] that would replace them."""
    for index in range(1, len(words) - 1):
        is_alone = index not in selected and {index - 1, index + 1} <= selected
        if is_alone and words[index][1] - words[index][0] <= len(GAP):
            selected.add(index)


def _join_selected(
    text: str, words: Sequence[Span], selected: Sequence[int], matches: Spans
) -> tuple[str, Spans]:
    excerpt, marks = "", []
    previous = -1
    for index in selected:
        start, end = words[index]
        if index == previous + 1 and index:
            excerpt += text[words[previous][1] : start]
        elif index:
            excerpt += f" {GAP} " if excerpt else f"{GAP} "
        shift = len(excerpt) - start
        marks += [
            (max(match_start, start) + shift, min(match_end, end) + shift)
            for match_start, match_end in matches
            if match_start < end and start < match_end
        ]
        excerpt += text[start:end]
        previous = index
    if previous < len(words) - 1:
        excerpt += f" {GAP}"
    return excerpt, tuple(marks)
