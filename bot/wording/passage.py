"""The passage of a claim: the printed sentences that contain it, and how they are shortened. Pure.

A content without its sentence may read as the opposite ("it was warned") or say nothing ("this").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.languages.table import passages, printed_roles
from bot.model import Passage, Span, Spans, pieces
from bot.text.negation import extend_to_negation
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences
from bot.wording.runs import shorten

MAX_LENGTH = 350
"""Characters shown of a passage; longer ones are cut around the content."""
LEFT_OUT = "[…]"
MAX_OVERRUN = 3
"""How many times MAX_LENGTH a passage may grow to keep source, cue and matches."""

FEW_WORDS = 2
"""A content this short needs the sentence before it ("this", "nonsense")."""
ENDS = re.compile(r"[.?!…][”’\"')\]»]*$")
"""The end of a sentence; headings, bylines and links to other stories have none."""
# The dateline before the first sentence: "LINDMARK (CPA) —", "Oslo (AP) –".
DATELINE = re.compile(
    r"(?:[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,40}(?:,[^()—–\n]{2,40}?)?(?:\s*\([^()\n]{2,30}\))?"
    r"|(?:[^\W\d_a-z][\w.'’-]*,?\s+){1,4}(?:\d{1,2}\s+)?\([^\W\d_a-z][^()\n]{1,29}\))"
    r"\s*(?:[—–]|--?)\s+(?=\S)"
)
MAX_DATELINE_PARAGRAPHS = 3
"""The first paragraphs, headings and bylines included, that may begin with a dateline."""
MAX_SENTENCES_BACK = 3
"""Sentences before the claim's own to search for those who relayed it."""
CONTEXT_WORDS = 4
"""Words kept on each side of a match: one may be "never"."""
WORD = re.compile(r"\S+")
NO_WORD = re.compile(r"[\W_]+")


def passage_of(
    text: str,
    paragraphs: Spans,
    *,
    content: Spans,
    source: Spans = (),
    cue: Spans = (),
    via: Sequence[str] = (),
    is_unsure: bool = False,
) -> Passage:
    """Collect the whole sentences of an article that contain a claim.

    `source`, `cue` and `content` are spans of its text. Sentences before them are added if they
    name those who relayed it (`via`), if the content says too little by itself, or if the speaker
    `is_unsure`.
    """
    known = _Sentences(text, paragraphs)
    if cue:
        start, _ = known.paragraph(cue[0][0])
        cue = _joined(text, extend_to_negation(text, cue, source, start))
    held = [known.around(span) for span in (*source, *cue, *content)]
    first = known.around(content[0])
    if is_unsure or says_little(text, content) or begins_with_pronoun(text, content, known):
        held += known.before(first)
    passed_on = [place for name in via if (place := known.naming(name, held))]
    held += [known.around(place) for place in passed_on]
    spans = _joined(text, held)
    return Passage(
        spans=spans,
        text=f" {LEFT_OUT} ".join(text[start:end] for start, end in spans),
        source=to_passage(spans, source),
        cue=to_passage(spans, cue),
        content=to_passage(spans, content),
        via=to_passage(spans, tuple(passed_on)),
    )


def says_little(text: str, content: Spans) -> bool:
    """Whether a content says too little by itself: "nonsense", "to say when"."""
    words = NO_WORD.sub(" ", pieces(text, content)).split()
    return len(words) <= FEW_WORDS or bool(passages.BARE_INFINITIVE.fullmatch(text, *content[0]))


def refers_back(source: str | None, cue: str | None) -> bool:
    """Whether source or cue refer to an earlier sentence: "one of them", "he told them"."""
    return bool(
        (source and passages.BACK_REFERENCE.match(source))
        or (cue and passages.PRONOUN_ADDRESSEE.search(cue))
    )


def begins_with_pronoun(text: str, content: Spans, known: _Sentences) -> bool:
    """Whether a content begins with a pronoun outside quotation marks."""
    start, end = content[0]
    return bool(passages.PRONOUN_SUBJECT.match(text, start, end)) and not known.is_quoted(start)


class _Sentences:
    """The sentences of an article, split lazily by paragraph."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._text = text
        self._paragraphs = paragraphs or ((0, len(text)),)
        self._starts = [start for start, _ in self._paragraphs]

    def around(self, span: Span) -> Span:
        """The span of the whole sentences that contain a span."""
        first, last = self._of(self._number(span[0])), self._of(self._number(span[1] - 1))
        start = next((s for s, e in first if span[0] < e), span[0])
        # A source may look like a dateline: "NATO – an alliance of 32 – said …".
        end = next((e for s, e in reversed(last) if s < span[1]), last[0][1] if last else span[1])
        return min(start, span[0]), max(end, span[1])

    def before(self, place: Span, many: int = 1) -> list[Span]:
        """Up to `many` complete sentences before a place, nearest first."""
        found: list[Span] = []
        for number in range(self._number(place[0]), -1, -1):
            whole = [
                one
                for one in self._of(number)
                if one[1] <= place[0] and ENDS.search(self._text, *one)
            ]
            found += reversed(whole)
            if len(found) >= many:
                break
        return found[:many]

    def naming(self, name: str, held: Sequence[Span]) -> Span | None:
        """Find a name in the nearest sentence before `held`; None if `held` contains it."""
        words = re.compile(
            rf"\b{re.escape(printed_roles.LEADING_ARTICLE.sub('', name))}\b", re.IGNORECASE
        )
        if any(words.search(self._text, *one) for one in held):
            return None
        near = self.before(min(held), MAX_SENTENCES_BACK)
        places = (words.search(self._text, *one) for one in near)
        return next((found.span() for found in places if found), None)

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies in a quotation of its paragraph."""
        start, end = self._paragraphs[self._number(at)]
        return is_quoted(self._text[start:end], at - start)

    def paragraph(self, at: int) -> Span:
        """The paragraph in which a place lies."""
        return self._paragraphs[self._number(at)]

    def _number(self, at: int) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)

    def _of(self, number: int) -> Spans:
        start, end = self._paragraphs[number]
        dateline = (
            DATELINE.match(self._text, start, end) if number < MAX_DATELINE_PARAGRAPHS else None
        )
        start = dateline.end() if dateline else start
        return tuple((start + s, start + e) for s, e in sentences(self._text[start:end]))


def _joined(text: str, held: Iterable[Span]) -> Spans:
    """Sort spans and merge those with only white space between them."""
    out: list[Span] = []
    for start, end in sorted(held):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(out)


def to_passage(spans: Spans, these: Spans) -> Spans:
    """Map spans of an article to offsets in the text of a passage that covers `spans`."""
    out, at = [], 0
    for start, end in spans:
        out += [(s - start + at, e - start + at) for s, e in these if start <= s and e <= end]
        at += end - start + len(LEFT_OUT) + 2
    return tuple(sorted(out))


def to_article(spans: Spans, these: Spans) -> Spans:
    """Map offsets in the text of a passage to spans of the article: the inverse of to_passage."""
    out, at = [], 0
    for start, end in spans:
        length = end - start
        out += [(s + start - at, e + start - at) for s, e in these if at <= s and e <= at + length]
        at += length + len(LEFT_OUT) + 2
    return tuple(sorted(out))


# -- cut for showing


def shorten_passage(
    passage: Passage, matched: Spans = (), longest: int = MAX_LENGTH
) -> tuple[str, Spans]:
    """Give the text of a passage, shortened to `longest`, and the `matched` spans in it.

    It is cut between words, with […] for each gap. Source, cue with its negation and matches stay,
    and then as much of the content, from its start, and of the words around it as fits.
    """
    text = passage.text
    if len(text) <= longest:
        return text, matched
    words = [found.span() for found in WORD.finditer(text)]
    told = *passage.cue, *passage.source, *passage.via
    wanted = [n for span in told for n in _touched(words, (span,))]
    found = {
        near
        for n in _touched(words, matched)
        for near in range(n - CONTEXT_WORDS, n + CONTEXT_WORDS + 1)
    }
    wanted += sorted(found & set(range(len(words))))
    # Source, cue and matches may exceed the limit, up to MAX_OVERRUN times.
    kept = _first_of(wanted, words, set(), MAX_OVERRUN * longest)
    own = [n for n in _by_interest(words, passage) if words[n][0] >= _begins(passage, longest)]
    kept = _first_of(own, words, kept, longest - _length(words, kept))
    if kept.isdisjoint(_touched(words, passage.content)):
        return shorten(text, longest), ()
    _fill_small_gaps(words, kept)
    return _cut(text, words, sorted(kept), matched)


def _begins(passage: Passage, longest: int) -> int:
    """Where to start a shortened passage: at the claim's own sentence, unless that leaves half the
    room unused. Half of an earlier sentence may say the opposite."""
    text = passage.text
    first = min(
        (start for start, _ in (*passage.content, *passage.source, *passage.cue)), default=0
    )
    paragraph = text.rfind("\n", 0, first) + 1
    inside = sentences(text[paragraph:])
    start = max((paragraph + s for s, _ in inside if paragraph + s <= first), default=0)
    return start if len(text) - start > longest // 2 else 0


def _touched(words: Sequence[Span], spans: Spans) -> Iterator[int]:
    for number, (start, end) in enumerate(words):
        if any(start < e and s < end for s, e in spans):
            yield number


def _by_interest(words: Sequence[Span], passage: Passage) -> list[int]:
    """Order words by priority: those of the content first, then the nearest to its start."""
    own = list(dict.fromkeys(_touched(words, passage.content)))
    first, mine = (own[0] if own else 0), set(own)
    others = [n for n in range(len(words)) if n not in mine]
    return [*own, *sorted(others, key=lambda n: abs(n - first))]


def _first_of(wanted: Iterable[int], words: Sequence[Span], kept: set[int], room: int) -> set[int]:
    """Add wanted words to those kept, in order, while there is room.

    No word is skipped for a shorter one after it: it may be the one that negates the rest.
    """
    kept = set(kept)
    for number in wanted:
        size = words[number][1] - words[number][0] + 1
        if number in kept:
            continue
        if size > room:
            break
        kept.add(number)
        room -= size
    return kept


def _length(words: Sequence[Span], kept: set[int]) -> int:
    gaps = sum(number - 1 not in kept for number in kept)
    return sum(words[n][1] - words[n][0] + 1 for n in kept) + gaps * (len(LEFT_OUT) + 1)


def _fill_small_gaps(words: Sequence[Span], kept: set[int]) -> None:
    """Keep single words that are no longer than the […] in their place."""
    for number in range(1, len(words) - 1):
        is_alone = number not in kept and {number - 1, number + 1} <= kept
        if is_alone and words[number][1] - words[number][0] <= len(LEFT_OUT):
            kept.add(number)


def _cut(
    text: str, words: Sequence[Span], kept: Sequence[int], matched: Spans
) -> tuple[str, Spans]:
    out, marks = "", []
    before = -1
    for number in kept:
        start, end = words[number]
        if number == before + 1 and number:
            out += text[words[before][1] : start]
        elif number:
            out += f" {LEFT_OUT} " if out else f"{LEFT_OUT} "
        at = len(out) - start
        marks += [
            (max(s, start) + at, min(e, end) + at) for s, e in matched if s < end and start < e
        ]
        out += text[start:end]
        before = number
    if before < len(words) - 1:
        out += f" {LEFT_OUT}"
    return out, tuple(marks)
