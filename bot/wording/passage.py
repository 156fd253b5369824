"""The passage of a claim: the printed sentences in which it stands, and how these are cut. Pure.

A claim is shown as its article prints it. A content without its sentence reads as what it denies
("it was warned"), or says nothing ("this").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.model import Passage, Span, Spans, pieces
from bot.text.negation import with_negation
from bot.text.quotes import in_quotation
from bot.text.sentences import sentences
from bot.wording.runs import shorten

LONGEST = 350
"""Characters of a passage that are shown; longer ones are cut around the content."""
LEFT_OUT = "[…]"
MOST = 3
"""How many times as long a passage may be for what must stay in it."""

FEW_WORDS = 2
"""A content of so few says little without the sentence before it ("this", "nonsense")."""
# "It was warned", "whether they knew": of whom, the sentence before says.
PRONOUN = re.compile(
    r"\W*(?:(?:that|whether|if|how|why|when)\s+)?"
    r"(?:(?:it|he|she|they|this|these|those)\b(?:['’]\w+)?"
    r"|that(?=\s+(?:is|was|are|were|has|had|would|will|could|can|may|might|must|did|does)\b))",
    re.IGNORECASE,
)
PERSON = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
# "Declined to say when": what was asked stands before it.
UNSAID = re.compile(r"\W*to\s+\w+(?:\s+(?:how|when|where|which|who|why|so))?\W*", re.IGNORECASE)
ENDS = re.compile(r"[.?!…][”’\"')\]»]*$")
"""How a sentence ends; headings, bylines and links to other stories do not."""
AROUND = 4
"""Words on both sides of what matched that are kept: "never" may be one of them."""
PARTED = re.compile(r"\S+")
NO_WORD = re.compile(r"[\W_]+")


def passage_of(
    text: str,
    paragraphs: Spans,
    *,
    content: Spans,
    source: Spans = (),
    cue: Spans = (),
    is_unsure: bool = False,
) -> Passage:
    """The whole sentences of an article that hold a claim's source, cue and content, which are
    spans of its text; also the one before where the content says too little by itself, or where it
    `is_unsure` who said it."""
    known = _Sentences(text, paragraphs)
    if cue:
        start, _ = known.paragraph(cue[0][0])
        cue = _joined(text, with_negation(text, cue, source, start))
    held = [known.around(span) for span in (*source, *cue, *content)]
    first = known.around(content[0])
    if is_unsure or says_little(text, content):
        held += known.before(first)
    elif points_back(text, content, source, known):
        # What stands in the paragraph before may be somebody else's words.
        held += known.before(first, same_paragraph=True)
    spans = _joined(text, held)
    return Passage(
        spans=spans,
        text=f" {LEFT_OUT} ".join(text[start:end] for start, end in spans),
        source=_within(spans, source),
        cue=_within(spans, cue),
        content=_within(spans, content),
    )


def says_little(text: str, content: Spans) -> bool:
    """Whether a content says too little by itself: "nonsense", "to say when"."""
    words = NO_WORD.sub(" ", pieces(text, content)).split()
    return len(words) <= FEW_WORDS or bool(UNSAID.fullmatch(text, *content[0]))


def points_back(text: str, content: Spans, source: Spans, known: _Sentences) -> bool:
    """Whether the subject of a content is a pronoun that is not quoted and stands for somebody
    outside its sentence: who says "she", after a name, mostly means that one."""
    start, end = content[0]
    found = PRONOUN.match(text, start, end)
    if found is None or known.is_quoted(start):
        return False
    is_named = bool(source) and not PRONOUN.fullmatch(text, *source[0])
    return not (is_named and PERSON.search(found[0]))


class _Sentences:
    """The sentences of an article, found a paragraph at a time as they are asked for."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._text = text
        self._paragraphs = paragraphs or ((0, len(text)),)
        self._starts = [start for start, _ in self._paragraphs]

    def around(self, span: Span) -> Span:
        """From where to where the sentences run that hold a span."""
        first, last = self._number(span[0]), self._number(span[1] - 1)
        start = next((s for s, e in self._of(first) if span[0] < e), span[0])
        end = next((e for s, e in reversed(self._of(last)) if s < span[1]), span[1])
        return min(start, span[0]), max(end, span[1])

    def before(self, place: Span, *, same_paragraph: bool = False) -> list[Span]:
        """The sentence before one, in its paragraph or at the end of one before; none at the
        beginning of an article."""
        own = self._number(place[0])
        for number in range(own, own - 1 if same_paragraph else -1, -1):
            whole = [
                one
                for one in self._of(number)
                if one[1] <= place[0] and ENDS.search(self._text, *one)
            ]
            if whole:
                return whole[-1:]
        return []

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies in a quotation of its paragraph."""
        start, end = self._paragraphs[self._number(at)]
        return in_quotation(self._text[start:end], at - start)

    def paragraph(self, at: int) -> Span:
        """The paragraph in which a place lies."""
        return self._paragraphs[self._number(at)]

    def _number(self, at: int) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)

    def _of(self, number: int) -> Spans:
        start, end = self._paragraphs[number]
        return tuple((start + s, start + e) for s, e in sentences(self._text[start:end]))


def _joined(text: str, held: Iterable[Span]) -> Spans:
    """Spans in order, those that touch or have only blanks between them as one."""
    out: list[Span] = []
    for start, end in sorted(held):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(out)


def _within(spans: Spans, these: Spans) -> Spans:
    """Where spans of an article stand in the text of a passage of it."""
    out, at = [], 0
    for start, end in spans:
        out += [(s - start + at, e - start + at) for s, e in these if start <= s and e <= end]
        at += end - start + len(LEFT_OUT) + 2
    return tuple(sorted(out))


# -- cut for showing


def shown(passage: Passage, matched: Spans = (), longest: int = LONGEST) -> tuple[str, Spans]:
    """A passage's text as it is shown, and its `matched` spans there.

    What is longer is cut at blanks, with […] where something is left out: the words of the source,
    of the cue with its negation and those that matched stay, and as much of the content and of what
    is around it as there is room for, from its beginning on.
    """
    text = passage.text
    if len(text) <= longest:
        return text, matched
    words = [found.span() for found in PARTED.finditer(text)]
    wanted = [*_touched(words, passage.cue), *_touched(words, passage.source)]
    found = {near for n in _touched(words, matched) for near in range(n - AROUND, n + AROUND + 1)}
    wanted += sorted(found & set(range(len(words))))
    # What must stay may need more room, but not any amount.
    kept = _first_of(wanted, words, set(), MOST * longest)
    kept = _first_of(_by_interest(words, passage), words, kept, longest - _length(words, kept))
    if kept.isdisjoint(_touched(words, passage.content)):
        return shorten(text, longest), ()
    _fill_small_gaps(words, kept)
    return _cut(text, words, sorted(kept), matched)


def _touched(words: Sequence[Span], spans: Spans) -> Iterator[int]:
    for number, (start, end) in enumerate(words):
        if any(start < e and s < end for s, e in spans):
            yield number


def _by_interest(words: Sequence[Span], passage: Passage) -> list[int]:
    """The words by how much they are wanted: the content's from its beginning on, then those
    nearest to it."""
    own = list(dict.fromkeys(_touched(words, passage.content)))
    first, mine = (own[0] if own else 0), set(own)
    others = [n for n in range(len(words)) if n not in mine]
    return [*own, *sorted(others, key=lambda n: abs(n - first))]


def _first_of(wanted: Iterable[int], words: Sequence[Span], kept: set[int], room: int) -> set[int]:
    """The words that are kept, and the first of those that are wanted, for which there is room.

    None is passed over for a shorter one behind it: it may be the one that denies the rest.
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
    """Keep what is no longer than the mark that would stand for it."""
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
