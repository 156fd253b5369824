"""The passage of a claim: the printed sentences in which it stands, and how these are cut. Pure.

A claim is shown as its article prints it. A content without its sentence reads as what it denies
("it was warned"), or says nothing ("this").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.languages.table import passages, printed_roles
from bot.model import Passage, Span, Spans, pieces
from bot.text.negation import with_negation
from bot.text.quotes import in_quotation
from bot.text.sentences import sentences
from bot.wording.runs import shorten

MAX_LENGTH = 350
"""Characters of a passage that are shown; longer ones are cut around the content."""
LEFT_OUT = "[…]"
MAX_OVERRUN = 3
"""How many times as long a passage may be for what must stay in it."""

FEW_WORDS = 2
"""A content of so few says little without the sentence before it ("this", "nonsense")."""
ENDS = re.compile(r"[.?!…][”’\"')\]»]*$")
"""How a sentence ends; headings, bylines and links to other stories do not."""
# Where and by whom a story was sent, before its first sentence: "LINDMARK (CPA) —", "Oslo (AP) –".
DATELINE = re.compile(
    r"(?:[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-]){2,40}(?:,[^()—–\n]{2,40}?)?(?:\s*\([^()\n]{2,30}\))?"
    r"|(?:[^\W\d_a-z][\w.'’-]*,?\s+){1,4}(?:\d{1,2}\s+)?\([^\W\d_a-z][^()\n]{1,29}\))"
    r"\s*(?:[—–]|--?)\s+(?=\S)"
)
MAX_DATELINE_PARAGRAPHS = 3
"""Paragraphs, headings and bylines among them, of which one may begin with a dateline."""
MAX_SENTENCES_BACK = 3
"""Sentences before a claim's own in which those are looked for through whom it came."""
CONTEXT_WORDS = 4
"""Words on both sides of what matched that are kept: "never" may be one of them."""
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
    """The whole sentences of an article that hold a claim's source, cue and content, which are
    spans of its text, and the nearest before that names those `via` whom it came; also the one
    before where the content says too little by itself, or where it `is_unsure` who said it."""
    known = _Sentences(text, paragraphs)
    if cue:
        start, _ = known.paragraph(cue[0][0])
        cue = _joined(text, with_negation(text, cue, source, start))
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
    return len(words) <= FEW_WORDS or bool(passages.NO_OBJECT.fullmatch(text, *content[0]))


def refers_back(source: str | None, cue: str | None) -> bool:
    """Whether only a sentence before says who spoke, or to whom: "one of them", "her office", "he
    told them"."""
    return bool(
        (source and passages.REFERS_BACK.match(source)) or (cue and passages.TOLD.search(cue))
    )


def begins_with_pronoun(text: str, content: Spans, known: _Sentences) -> bool:
    """Whether the subject of a content is a pronoun that is not quoted."""
    start, end = content[0]
    return bool(passages.PRONOUN.match(text, start, end)) and not known.is_quoted(start)


class _Sentences:
    """The sentences of an article, found a paragraph at a time as they are asked for."""

    def __init__(self, text: str, paragraphs: Spans) -> None:
        self._text = text
        self._paragraphs = paragraphs or ((0, len(text)),)
        self._starts = [start for start, _ in self._paragraphs]

    def around(self, span: Span) -> Span:
        """From where to where the sentences run that hold a span."""
        first, last = self._of(self._number(span[0])), self._of(self._number(span[1] - 1))
        start = next((s for s, e in first if span[0] < e), span[0])
        # What looks like a dateline may be a source: "NATO – an alliance of 32 – said …".
        end = next((e for s, e in reversed(last) if s < span[1]), last[0][1] if last else span[1])
        return min(start, span[0]), max(end, span[1])

    def before(self, place: Span, many: int = 1) -> list[Span]:
        """The sentences before one, the nearest first, in its paragraph and at the end of those
        before; none at the beginning of an article."""
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
        """Where a name stands that is in none of the sentences `held`: in the nearest before."""
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
        return in_quotation(self._text[start:end], at - start)

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
    """Spans in order, those that touch or have only blanks between them as one."""
    out: list[Span] = []
    for start, end in sorted(held):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(out)


def to_passage(spans: Spans, these: Spans) -> Spans:
    """Where spans of an article stand in the text of a passage of it that runs over `spans`."""
    out, at = [], 0
    for start, end in spans:
        out += [(s - start + at, e - start + at) for s, e in these if start <= s and e <= end]
        at += end - start + len(LEFT_OUT) + 2
    return tuple(sorted(out))


def to_article(spans: Spans, these: Spans) -> Spans:
    """Where spans of the text of a passage stand in the article: the opposite of `within`."""
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
    """A passage's text as it is shown, and its `matched` spans there.

    What is longer is cut at blanks, with […] where something is left out: the words of the source,
    of the cue with its negation and those that matched stay, and as much of the content and of what
    is around it as there is room for, from its beginning on.
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
    # What must stay may need more room, but not any amount.
    kept = _first_of(wanted, words, set(), MAX_OVERRUN * longest)
    own = [n for n in _by_interest(words, passage) if words[n][0] >= _begins(passage, longest)]
    kept = _first_of(own, words, kept, longest - _length(words, kept))
    if kept.isdisjoint(_touched(words, passage.content)):
        return shorten(text, longest), ()
    _fill_small_gaps(words, kept)
    return _cut(text, words, sorted(kept), matched)


def _begins(passage: Passage, longest: int) -> int:
    """Where a passage that is to be cut begins: with the sentences of the claim. What was put
    before them stays where it has room: half a sentence may say the opposite."""
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
    """The words by how much they are wanted: the content's from its beginning on, then those
    nearest to it."""
    own = list(dict.fromkeys(_touched(words, passage.content)))
    first, mine = (own[0] if own else 0), set(own)
    others = [n for n in range(len(words)) if n not in mine]
    return [*own, *sorted(others, key=lambda n: abs(n - first))]


def _first_of(wanted: Iterable[int], words: Sequence[Span], kept: set[int], room: int) -> set[int]:
    """The words that are kept, and the first of those that are wanted, for which there is room.

    None is passed over for a shorter one after it: it may be the one that denies the rest.
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
