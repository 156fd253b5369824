"""A claim as a printable sentence: the speaker's name, and the article's own words. Pure.

No words are made up. If the printed words make no sentence that is true by itself ("denied it had
been", "he" for somebody else), there is none.
"""

from __future__ import annotations

import re

from bot.languages.table import clarity, cue_forms, fragments, sentence_forms, tenses
from bot.model import FOREIGN_PARAGRAPH, Claim, Hit, Passage
from bot.text.quotes import MARK
from bot.wording.cite.chain import chain_sentence, with_chain
from bot.wording.cite.clarity import (
    are_several,
    has_object,
    is_pronoun,
    names_persons,
    refers_back,
    stands_alone,
)
from bot.wording.cite.parts import (
    CLOSERS,
    EDGE_PUNCTUATION,
    Parts,
    balanced,
    content_sentence,
    parts_of,
    passage_without_article,
    rest_of_quotation,
    without_lead,
    without_stop,
)
from bot.wording.cite.source import is_definite_reference, subject, with_closing_comma
from bot.wording.cite.verbs import finite_verb
from bot.wording.passage import FEW_WORDS
from bot.wording.runs import Run, Runs, capitalised, plain
from bot.wording.who import is_cleft, name_of

MAX_LENGTH = 700
"""Characters of a sentence; nobody prints a longer one."""
MAX_WITH_REST = 350
"""Characters up to which the rest of a quotation is added as a second sentence."""
MIN_WORDS = 4
"""Words of a printed sentence; shorter ones are mostly dates and captions."""
MAX_BETWEEN = 80
"""Characters between cue and content."""

# How a transcript's line begins: "Reeve: “I don't know.”"
TURN = re.compile(r"[A-Z][\w.’' -]{0,40}:\s")
# What a page's source has and no page prints.
MARKUP = re.compile(r"\(\(|\[\[|\{\{|\*\*|</?\w+>")
CONTINUED_QUOTATION = re.compile(r"[^“\"‘]*[“\"‘][a-z]")
"""How the rest of a sentence looks in which a quotation goes on."""
DASH = re.compile(r"\s*[–—]|\s+--?\s")
LISTENERS = re.compile(r"\s+[^.,;:“”\"]{3,90}(?=[.,;])")


def sentence(hit: Hit, *, introduction: str | None = None, reported: str = "") -> Runs | None:
    """Make a sentence of a claim, with the speaker in bold; None if that is impossible.

    `introduction` is how the article introduces its speaker ("Corin Hallas, the transport
    minister"); `reported` is added after a comma ("the Post reported"). The rest of a short
    quotation follows as a second sentence.
    """
    claim = hit.claim
    passage = hit.passage or passage_without_article(claim)
    if passage is None or claim.kind == FOREIGN_PARAGRAPH:
        return None
    parts = parts_of(passage) if claim.source and not claim.unsure else None
    if parts and (runs := _said(claim, passage, parts, introduction)):
        rest = rest_of_quotation(passage, parts) if parts.order[-1] != "K" else ""
        return _finished(runs, rest, reported)
    printed = _as_printed(passage, claim)
    return _finished(printed, "", reported) if printed else None


def _as_printed(passage: Passage, claim: Claim) -> Runs | None:
    """The printed sentence that contains all of a claim, if it stands alone."""
    if (found := content_sentence(passage)) is None:
        return None
    start, end = found
    held = (*passage.source, *passage.cue, *passage.content)
    if not all(start <= s and e <= end for s, e in held):
        return None
    text = without_lead(passage.text[start:end].strip())
    if MARKUP.search(text) or TURN.match(text):
        return None
    is_sentence = re.search(rf"[.!][{CLOSERS}]*$", text) and not MARK.match(text)
    is_long = len(text.split()) >= MIN_WORDS and len(text) <= MAX_WITH_REST
    is_whole = not fragments.ELLIPTICAL_ENDING.search(passage.text[slice(*passage.content[-1])])
    is_sentence = is_sentence and is_long and is_whole
    who = passage.text[slice(*passage.source[0])].rstrip(EDGE_PUNCTUATION) if passage.source else ""
    if not (is_sentence and stands_alone(text, None) and names_persons(text, who)):
        return None
    content = " ".join(passage.text[slice(*place)] for place in passage.content)
    if (
        refers_back(content, claim)
        or is_definite_reference(claim, who)
        or (is_pronoun(who) and not _is_named_in(text, who, claim))
    ):
        return None
    if not who:
        return (Run(text),)
    before, _, after = text.partition(who)
    return tuple(run for run in (Run(before), Run(who, strong=True), Run(after)) if run.text)


def _is_named_in(text: str, pronoun: str, claim: Claim) -> bool:
    """Whether a sentence has the speaker's name before the pronoun for it."""
    name = (name_of(claim) or "").split()
    return bool(name) and name[-1] in text.partition(pronoun)[0]


def _said(claim: Claim, passage: Passage, parts: Parts, introduction: str | None) -> Runs | None:
    who = subject(claim, parts.words(parts.source), introduction)
    content = " ".join(map(parts.words, parts.content))
    if sentence_forms.QUOTED_PRONOUN.match(content) or MARKUP.search(content):
        return None
    if who is None or parts.is_quoted(parts.source[0]):
        return None
    is_first = parts.order.startswith("K")
    if not stands_alone(content, claim, _passed_over(parts), is_first=is_first):
        return None
    runs = None
    if chain := chain_sentence(claim, parts, who):
        return chain
    if _is_qualified(parts, claim) or is_cleft(passage):
        return None
    match parts.order:
        case "SCK":
            runs = _source_first(claim, parts, who)
        case "KSC" | "KSCK":
            runs = _content_first(parts, who)
        case "KCS" | "KCSK":
            runs = _source_last(parts, who)
        case "CSK":
            runs = _cue_first(parts, who)
    return with_chain(claim, runs) if runs else None


def _is_qualified(parts: Parts, claim: Claim) -> bool:
    """Whether words around the parts limit the claim or continue it: "for eight days she said no",
    "he asked for money | in order to help", "…, but not fast"."""
    after = parts.trailing
    goes_on_ = after[:1].isspace() and re.match(r"\s+\w", after) and parts.order[-1] == "K"
    lead = without_lead(parts.lead).strip(EDGE_PUNCTUATION)
    is_plain = not lead or sentence_forms.ADVERBIAL_LEAD.fullmatch(lead)
    is_told = (
        parts.order[-1] == "K"
        and not claim.via
        and sentence_forms.TRAILING_ATTRIBUTION.match(after)
    )
    return bool(
        not is_plain
        or goes_on_
        or is_told
        or sentence_forms.CONTRAST.match(after)
        or DASH.match(after)
    )


# -- the printed orders


def _source_first(claim: Claim, parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "He told reporters that …"."""
    verb = _verb(parts)
    content = parts.cut(parts.cue[1], parts.content[-1][1])
    between = parts.text[parts.cue[1] : parts.content[0][0]]
    to_whom = parts.words(parts.cue) + between
    is_embedded = sentence_forms.EMBEDDING_WORD.search(parts.lead) and not claim.inside
    if verb is None or content is None or is_embedded or len(to_whom) > MAX_BETWEEN:
        return None
    words = parts.words(parts.content[0])
    is_second_half = re.search(rf"[{CLOSERS}]\s*$", parts.lead) and CONTINUED_QUOTATION.match(words)
    if _refers_back(to_whom) or is_second_half:
        return None
    if len(parts.content) == 1 and _says_nothing(verb, between, words):
        return None
    if cue_forms.ADDRESSING_CUE.match(verb) and sentence_forms.CONTENT_START.match(content):
        return None
    if sentence_forms.SEPARATED_THAT.match(between):
        return None
    if sentence_forms.NON_CLAUSE_START.match(parts.text[parts.content[-1][1] :].lstrip()):
        return None  # "people worried about the wall have left"
    if between.strip() == "," and not MARK.match(words):
        content = content.replace(",", "", 1)  # "people close to him said, the port would open"
    colon = ":" if parts.words(parts.cue).rstrip().endswith(":") else ""
    return (*with_closing_comma(who), Run(f" {verb}{colon}{content}"))


def _says_nothing(verb: str, between: str, content: str) -> bool:
    """Whether a content is not a clause: "rejected that account", "called it absurd", "a place
    that they say is a camp"."""
    words = len(content.split())
    if MARK.search(content) is None:
        is_short = words <= FEW_WORDS if between.endswith("that ") else words == 1
        if is_short and (between.endswith("that ") or tenses.SPEECH_VERB.match(verb)):
            return True
    return not between.strip() and (
        has_object(content) or bool(sentence_forms.NON_CLAUSE_START.match(content))
    )


def _content_first(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "The port is shut, she said"."""
    front, verb, rest = _front(parts, parts.source[0]), _verb(parts), _rest(parts, parts.cue[1])
    if cue_forms.LEADING_CUE.match(parts.words(parts.cue)):
        return None  # "was told by Marsh"
    if front is None or verb is None or rest is None or _refers_back(verb):
        return None
    if not _is_apart(front):
        return None
    if cue_forms.ADDRESSING_CUE.match(verb):
        listeners = LISTENERS.match(parts.text, parts.cue[1])
        if listeners is None or _refers_back(listeners[0]) or rest:
            return None
        verb += listeners[0]
    if not rest and (turned := _as_that_clause(front, verb, who)):
        return turned
    return (Run(f"{front} "), *with_closing_comma(who), Run(f" {verb}{rest}"))


def _source_last(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "The port is shut, said she" and "…, according to her"."""
    cue = parts.words(parts.cue).strip(EDGE_PUNCTUATION)
    front, rest = _front(parts, parts.cue[0]), _rest(parts, parts.source[1])
    is_apart = parts.text[parts.cue[1] : parts.source[0]].strip()
    is_according = cue_forms.ACCORDING_TO.fullmatch(cue)
    verb = cue if is_according else finite_verb(cue, of_several=True, near=False)
    if (
        front is None
        or rest is None
        or verb is None
        or is_apart
        or cue_forms.ADDRESSING_CUE.match(verb)
    ):
        return None
    if not rest and not is_according and (turned := _as_that_clause(front, verb, who)):
        return turned
    if not (_is_apart(front) or cue_forms.LEADING_CUE.match(cue)):
        return None
    return (Run(f"{front} {verb} "), *who, Run(rest))


def _cue_first(parts: Parts, who: Runs) -> Runs | None:
    """Put the name into "According to her, the port is shut" and "Said she: “…”"."""
    cue = parts.words(parts.cue).strip(EDGE_PUNCTUATION)
    gap = parts.text[parts.source[1] : parts.content[0][0]].strip()
    content = parts.cut(parts.content[0][0], parts.content[-1][1])
    if content is None or sentence_forms.EMBEDDING_WORD.search(parts.lead):
        return None
    if cue_forms.ACCORDING_TO.fullmatch(cue) and gap in ("", ","):
        return (Run(f"{cue} "), *who, Run(f", {content}"))
    verb = finite_verb(cue.lower(), of_several=True, near=False)
    between = parts.text[parts.cue[1] : parts.source[0]].strip()
    if verb == "asked" and between == "by" and not gap:
        return (*with_closing_comma(who), Run(f" asked {content}"))
    if gap == ":" and verb and " " not in verb:
        return (*with_closing_comma(who), Run(f" {verb}: {content}"))
    return None


# -- their parts


def _verb(parts: Parts) -> str | None:
    """The cue as the verb of the source before it; None if it has another subject."""
    between = parts.text[parts.source[1] : parts.cue[0]]
    beside = between.lstrip(EDGE_PUNCTUATION)
    is_near = bool(sentence_forms.VERB_MODIFIERS.fullmatch(beside))
    if not is_near and not sentence_forms.NEXT_VERB_START.search(between):
        return None
    when = sentence_forms.TIME_PHRASE.match(beside) if is_near else None
    cue = f"{beside[when.end() if when else 0 :] if is_near else ''}{parts.words(parts.cue)}"
    if sentence_forms.PRONOUN_SUBJECT.fullmatch(parts.words(parts.source)):
        cue = tenses.expand_contraction(cue)
    verb = finite_verb(cue, of_several=are_several(parts.words(parts.source)), near=is_near)
    return f"{when[0]}{verb}" if when and verb else verb


def _passed_over(parts: Parts) -> str:
    """The words between source and cue that the sentence leaves out."""
    between = parts.text[parts.source[1] : parts.cue[0]] if parts.order == "SCK" else ""
    return (
        "" if sentence_forms.VERB_MODIFIERS.fullmatch(between.lstrip(EDGE_PUNCTUATION)) else between
    )


def _refers_back(to_whom: str) -> bool:
    """Whether the listener is only a pronoun."""
    return bool(
        sentence_forms.THIRD_PERSON_OBJECT.search(to_whom) or clarity.FIRST_PERSON.search(to_whom)
    )


def _front(parts: Parts, end: int) -> str | None:
    """The content before the speaker; None if more than punctuation is between them."""
    first = [one for one in parts.content if one[0] < end]
    gap = parts.text[first[-1][1] : end].strip()
    text = None if gap.strip(EDGE_PUNCTUATION) else parts.cut(first[0][0], first[-1][1])
    if text is None or (MARK.match(text) and CONTINUED_QUOTATION.match(parts.trailing)):
        return None
    return f"{without_lead(text).rstrip()}{gap}"


def _is_apart(front: str) -> bool:
    """Whether a comma or mark separates a content from its speaker: not "all that he said"."""
    return bool(re.search(rf"[,?!–—-][{CLOSERS}]*$|[{CLOSERS}]$", front))


def _as_that_clause(front: str, verb: str, who: Runs) -> Runs | None:
    """Turn "The port is shut, she said" into "She said that the port is shut", if the capital is
    surely only that of the sentence."""
    is_clause = sentence_forms.CAPITALISED_NON_NAME.match(front) and not re.search(
        r"[?!]\W*$", front
    )
    if not is_clause or not tenses.SPEECH_VERB.match(verb):
        return None
    clause = f"{front[0].lower()}{front[1:]}".rstrip(EDGE_PUNCTUATION)
    return (*with_closing_comma(who), Run(f" {verb} that {clause}"))


def _rest(parts: Parts, at: int) -> str | None:
    """The rest of the content, after the speaker."""
    after = [one for one in parts.content if one[0] >= at]
    if not after:
        return ""
    end = after[-1][1]
    return balanced(parts.text[at:end], parts.text[end:])


def _finished(runs: Runs, rest: str, reported: str) -> Runs | None:
    """Runs that begin with a capital and end with one stop."""
    runs = tuple(run._replace(text=re.sub(r"\s+", " ", run.text)) for run in runs if run.text)
    *before, last = runs
    text = re.sub(rf"[{EDGE_PUNCTUATION}]+(?=[{CLOSERS}]*$)", "", last.text)
    after = f", {reported}" if reported else ""
    text = without_stop(text) if after else text
    stop = "" if re.search(rf"[.?!][{CLOSERS}]*$", after or text) else "."
    end = (Run(f"{after}{stop}"),) if after or stop else ()
    runs = capitalised((*before, last._replace(text=text), *end))
    if rest and len(plain(runs)) + len(rest) <= MAX_WITH_REST:
        runs = (*runs, Run(f" {' '.join(rest.split())}"))
    text = plain(runs)
    return runs if len(text) <= MAX_LENGTH and balanced(text, "") == text else None
