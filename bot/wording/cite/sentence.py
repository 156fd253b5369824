"""A claim as a printable sentence: its source and its words as the article prints them. No I/O.

No words are made up. If the printed words do not form a sentence that is true by itself ("denied it
had been", "he" for someone else), there is no sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.languages.lookup import first_word, last_word
from bot.languages.table import (
    LISTS,
    clarity,
    cue_forms,
    passages,
    pronouns,
    sentence_forms,
    tenses,
)
from bot.model import FOREIGN_PARAGRAPH, Claim, Hit, Passage
from bot.text.quotes import MARK
from bot.wording.cite.chain import chain_sentence, with_chain
from bot.wording.cite.clarity import (
    has_object,
    names_persons,
    refers_back,
    stands_alone,
)
from bot.wording.cite.parts import (
    CLOSERS,
    EDGE_PUNCTUATION,
    Parts,
    close_quotation,
    find_content_sentence,
    find_parts,
    passage_without_article,
    rest_of_quotation,
    without_lead,
    without_stop,
)
from bot.wording.cite.source import make_subject, with_closing_comma
from bot.wording.cite.verbs import finite_verb
from bot.wording.hits import without_guess
from bot.wording.passage import FEW_WORDS
from bot.wording.runs import Run, Runs, capitalise, plain_text
from bot.wording.who_line import is_cleft

MAX_LENGTH = 700
"""The maximum number of characters of a sentence; nobody prints a longer one."""
MAX_WITH_REST = 350
"""The maximum number of characters including the rest of a quotation as a second sentence."""
MIN_WORDS = 4
"""The minimum number of words of a printed sentence; shorter ones are mostly dates and captions."""
MAX_BETWEEN = 80
"""The maximum number of characters from the cue to the content, including the cue."""

# The beginning of a line in a transcript: "Reeve: “I don't know.”"
TURN = re.compile(r"[A-Z][\w.’' -]{0,40}:\s|[QA]\.\s")
# Markup from a page's source, which no page prints.
MARKUP = re.compile(r"\(\(|\[\[|\{\{|\*\*|</?\w+>")
CONTINUED_QUOTATION = re.compile(r"[^“\"‘]*[“\"‘][a-z]")
"""The rest of a sentence that continues a quotation."""
DASH = re.compile(r"\s*[–—]|\s+--?\s")
LISTENERS = re.compile(r"\s+[^.,;:“”\"]{3,90}(?=[.,;])")


def make_sentence(hit: Hit, *, is_confirmed: bool = False, reported: str = "") -> Runs | None:
    """Make a sentence of a claim, with the source in bold; None if that is impossible.

    The source is as printed in that sentence: the speaker's name takes its place only if a reviewer
    confirmed the speaker (`is_confirmed`). `reported` is added after a comma ("the Post reported").
    The rest of a short quotation follows as a second sentence.
    """
    claim = without_guess(hit).claim
    if not is_confirmed:
        claim = replace(claim, speaker=None, known_as=None)
    passage = hit.passage or passage_without_article(claim)
    if passage is None or claim.kind == FOREIGN_PARAGRAPH or claim.act == "event":
        return None
    if (parts := find_parts(passage)) and (runs := _with_speaker(claim, passage, parts)):
        rest = rest_of_quotation(passage, parts) if parts.order[-1] != "K" else ""
        return _finish(runs, rest, reported)
    printed = _as_printed(passage, claim)
    return _finish(printed, "", reported) if printed else None


def _as_printed(passage: Passage, claim: Claim) -> Runs | None:
    """Return the printed sentence that contains all of a claim, if it stands alone."""
    if (span := find_content_sentence(passage)) is None:
        return None
    start, end = span
    parts = (*passage.source, *passage.cue, *passage.content)
    if not all(start <= first and last <= end for first, last in parts):
        return None
    text = without_lead(passage.text[start:end].strip())
    if MARKUP.search(text) or TURN.match(text):
        return None
    is_sentence = re.search(rf"[.!][{CLOSERS}]*$", text) and not MARK.match(text)
    has_fitting_length = len(text.split()) >= MIN_WORDS and len(text) <= MAX_WITH_REST
    is_complete = not passages.is_elliptical(passage.text[slice(*passage.content[-1])])
    is_sentence = is_sentence and has_fitting_length and is_complete
    speaker = (
        passage.text[slice(*passage.source[0])].rstrip(EDGE_PUNCTUATION) if passage.source else ""
    )
    if not (is_sentence and stands_alone(text, None) and names_persons(text, speaker)):
        return None
    content = " ".join(passage.text[slice(*place)] for place in passage.content)
    if refers_back(content, claim) or speaker.lower() in pronouns.PRONOUNS:
        return None
    if not speaker:
        return (Run(text),)
    before, _, after = text.partition(speaker)
    return tuple(run for run in (Run(before), Run(speaker, strong=True), Run(after)) if run.text)


def _with_speaker(claim: Claim, passage: Passage, parts: Parts) -> Runs | None:
    speaker = make_subject(parts.words(parts.source), claim.speaker)
    content = " ".join(map(parts.words, parts.content))
    if sentence_forms.QUOTED_PRONOUN.match(content) or MARKUP.search(content):
        return None
    if speaker is None or parts.is_quoted(parts.source[0]):
        return None
    is_first = parts.order.startswith("K")
    if not stands_alone(content, claim, _skipped_words(parts), is_first=is_first):
        return None
    if chain := chain_sentence(claim, parts, speaker):
        return chain
    if _is_qualified(parts, claim) or is_cleft(passage):
        return None
    runs = None
    match parts.order:
        case "SCK":
            runs = _source_first(claim, parts, speaker)
        case "KSC" | "KSCK":
            runs = _content_first(parts, speaker)
        case "KCS" | "KCSK":
            runs = _source_last(parts, speaker)
        case "CSK":
            runs = _cue_first(parts, speaker)
    return with_chain(claim, parts, runs) if runs else None


def _is_qualified(parts: Parts, claim: Claim) -> bool:
    """Whether words around the parts limit the claim or continue it: "for eight days she said
    no", "he asked for money | in order to help", "…, but not fast"."""
    after = parts.trailing
    continues = after[:1].isspace() and re.match(r"\s+\w", after) and parts.order[-1] == "K"
    lead = without_lead(parts.lead).strip(EDGE_PUNCTUATION)
    is_plain = not lead or sentence_forms.is_adverbial(lead)
    is_attributed_again = (
        parts.order[-1] == "K"
        and not claim.via
        and sentence_forms.TRAILING_ATTRIBUTION.match(after)
    )
    return bool(
        not is_plain
        or continues
        or is_attributed_again
        or first_word(after.lstrip(EDGE_PUNCTUATION)) in LISTS["contrasts"]
        or DASH.match(after)
    )


# -- the printed orders


def _source_first(claim: Claim, parts: Parts, speaker: Runs) -> Runs | None:
    """Make "Hallas told reporters that …"."""
    verb = _find_verb(parts)
    content = parts.cut(parts.cue[1], parts.content[-1][1])
    between = parts.text[parts.cue[1] : parts.content[0][0]]
    to_whom = parts.words(parts.cue) + between
    is_embedded = (
        last_word(parts.lead.rstrip()) in sentence_forms.EMBEDDING_WORDS and not claim.inside
    )
    if verb is None or content is None or is_embedded or len(to_whom) > MAX_BETWEEN:
        return None
    words = parts.words(parts.content[0])
    is_second_half = re.search(rf"[{CLOSERS}]\s*$", parts.lead) and CONTINUED_QUOTATION.match(words)
    if _has_unclear_listener(to_whom) or is_second_half:
        return None
    if len(parts.content) == 1 and _says_nothing(verb, between, words):
        return None
    if cue_forms.ADDRESSING_CUE.match(verb) and sentence_forms.CONTENT_START.match(content):
        return None
    if sentence_forms.SEPARATED_THAT.match(between):
        return None
    if first_word(parts.text[parts.content[-1][1] :].lstrip()) in sentence_forms.PHRASE_STARTS:
        return None  # such as "people worried about the wall have left"
    if between.strip() == "," and not MARK.match(words):
        # as in "people close to him said, the port would open"
        content = content.replace(",", "", 1)
    colon = ":" if parts.words(parts.cue).rstrip().endswith(":") else ""
    return (*with_closing_comma(speaker), Run(f" {verb}{colon}{content}"))


def _says_nothing(verb: str, between: str, content: str) -> bool:
    """Whether a content is not a clause: "rejected that account", "called it absurd", "a place
    that they say is a camp"."""
    words = len(content.split())
    if MARK.search(content) is None:
        is_short = words <= FEW_WORDS if between.endswith("that ") else words == 1
        if is_short and (between.endswith("that ") or tenses.takes_that(verb)):
            return True
    return not between.strip() and (
        has_object(content) or first_word(content) in sentence_forms.PHRASE_STARTS
    )


def _content_first(parts: Parts, speaker: Runs) -> Runs | None:
    """Make "The port is shut, Hallas said"."""
    front, rest = _content_before(parts, parts.source[0]), _content_after(parts, parts.cue[1])
    verb = _find_verb(parts)
    if cue_forms.LEADING_CUE.match(parts.words(parts.cue)):
        return None  # such as "was told by Marsh"
    if front is None or verb is None or rest is None or _has_unclear_listener(verb):
        return None
    if not _is_separated(front):
        return None
    if cue_forms.ADDRESSING_CUE.match(verb):
        listeners = LISTENERS.match(parts.text, parts.cue[1])
        if listeners is None or _has_unclear_listener(listeners[0]) or rest:
            return None
        verb += listeners[0]
    if not rest and (that_clause := _as_that_clause(front, verb, speaker)):
        return that_clause
    return (Run(f"{front} "), *with_closing_comma(speaker), Run(f" {verb}{rest}"))


def _source_last(parts: Parts, speaker: Runs) -> Runs | None:
    """Make "The port is shut, said Hallas" and "…, according to Hallas"."""
    cue = parts.words(parts.cue).strip(EDGE_PUNCTUATION)
    front, rest = _content_before(parts, parts.cue[0]), _content_after(parts, parts.source[1])
    between = parts.text[parts.cue[1] : parts.source[0]].strip()
    is_according = cue_forms.ACCORDING_TO.fullmatch(cue)
    verb = cue if is_according else finite_verb(cue, is_plural=True, is_adjacent=False)
    if (
        front is None
        or rest is None
        or verb is None
        or between
        or cue_forms.ADDRESSING_CUE.match(verb)
    ):
        return None
    if not rest and not is_according and (that_clause := _as_that_clause(front, verb, speaker)):
        return that_clause
    if not (_is_separated(front) or cue_forms.LEADING_CUE.match(cue)):
        return None
    return (Run(f"{front} {verb} "), *speaker, Run(rest))


def _cue_first(parts: Parts, speaker: Runs) -> Runs | None:
    """Make "According to Hallas, the port is shut" and "Said Hallas: “…”"."""
    cue = parts.words(parts.cue).strip(EDGE_PUNCTUATION)
    gap = parts.text[parts.source[1] : parts.content[0][0]].strip()
    content = parts.cut(parts.content[0][0], parts.content[-1][1])
    if content is None or last_word(parts.lead.rstrip()) in sentence_forms.EMBEDDING_WORDS:
        return None
    if cue_forms.ACCORDING_TO.fullmatch(cue) and gap in ("", ","):
        return (Run(f"{cue} "), *speaker, Run(f", {content}"))
    verb = finite_verb(cue.lower(), is_plural=True, is_adjacent=False)
    between = parts.text[parts.cue[1] : parts.source[0]].strip()
    if verb == "asked" and between == "by" and not gap:
        return (*with_closing_comma(speaker), Run(f" asked {content}"))
    if gap == ":" and verb and " " not in verb:
        return (*with_closing_comma(speaker), Run(f" {verb}: {content}"))
    return None


# -- their parts


def _find_verb(parts: Parts) -> str | None:
    """Return the cue as the verb of the source before it; None if it has another subject."""
    between = parts.text[parts.source[1] : parts.cue[0]]
    words = between.lstrip(EDGE_PUNCTUATION)
    is_adjacent = sentence_forms.modify_verb(words)
    if not is_adjacent and not sentence_forms.NEXT_VERB_START.search(between):
        return None
    when = sentence_forms.TIME_PHRASE.match(words) if is_adjacent else None
    cue = f"{words[when.end() if when else 0 :] if is_adjacent else ''}{parts.words(parts.cue)}"
    verb = finite_verb(
        cue, is_plural=clarity.is_plural(parts.words(parts.source)), is_adjacent=is_adjacent
    )
    return f"{when[0]}{verb}" if when and verb else verb


def _skipped_words(parts: Parts) -> str:
    """The words between source and cue that the sentence leaves out."""
    between = parts.text[parts.source[1] : parts.cue[0]] if parts.order == "SCK" else ""
    return "" if sentence_forms.modify_verb(between.lstrip(EDGE_PUNCTUATION)) else between


def _has_unclear_listener(to_whom: str) -> bool:
    """Whether the listener is only a pronoun."""
    return bool(
        sentence_forms.THIRD_PERSON_OBJECT.search(to_whom) or clarity.FIRST_PERSON.search(to_whom)
    )


def _content_before(parts: Parts, end: int) -> str | None:
    """The content before the speaker; None if there is more than punctuation between them."""
    spans = [span for span in parts.content if span[0] < end]
    gap = parts.text[spans[-1][1] : end].strip()
    text = None if gap.strip(EDGE_PUNCTUATION) else parts.cut(spans[0][0], spans[-1][1])
    if text is None or (MARK.match(text) and CONTINUED_QUOTATION.match(parts.trailing)):
        return None
    return f"{without_lead(text).rstrip()}{gap}"


def _is_separated(front: str) -> bool:
    """Whether a comma or mark separates a content from its speaker, unlike in "all that he
    said"."""
    return bool(re.search(rf"[,?!–—-][{CLOSERS}]*$|[{CLOSERS}]$", front))


def _as_that_clause(front: str, verb: str, speaker: Runs) -> Runs | None:
    """Turn "The port is shut, she said" into "She said that the port is shut", unless the
    capital may be that of a name."""
    is_clause = first_word(front) in sentence_forms.CLAUSE_OPENERS and not re.search(
        r"[?!]\W*$", front
    )
    if not is_clause or not tenses.takes_that(verb):
        return None
    clause = f"{front[0].lower()}{front[1:]}".rstrip(EDGE_PUNCTUATION)
    return (*with_closing_comma(speaker), Run(f" {verb} that {clause}"))


def _content_after(parts: Parts, position: int) -> str | None:
    """The content after the speaker."""
    spans = [span for span in parts.content if span[0] >= position]
    if not spans:
        return ""
    end = spans[-1][1]
    return close_quotation(parts.text[position:end], parts.text[end:])


def _finish(runs: Runs, rest: str, reported: str) -> Runs | None:
    """Capitalise the runs and end them with one stop; None if they are too long or cut a
    quotation."""
    runs = tuple(run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs if run.text)
    *before, last = runs
    text = re.sub(rf"[{EDGE_PUNCTUATION}]+(?=[{CLOSERS}]*$)", "", last.text)
    after = f", {reported}" if reported else ""
    text = without_stop(text) if after else text
    stop = "" if re.search(rf"[.?!][{CLOSERS}]*$", after or text) else "."
    end = (Run(f"{after}{stop}"),) if after or stop else ()
    runs = capitalise((*before, last._replace(text=text), *end))
    if rest and len(plain_text(runs)) + len(rest) <= MAX_WITH_REST:
        runs = (*runs, Run(f" {' '.join(rest.split())}"))
    text = plain_text(runs)
    return runs if len(text) <= MAX_LENGTH and close_quotation(text, "") == text else None
