"""Find what the tagger does not: speakers of headlines, questions, quoted blocks, interviews."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft, quotations_between, sentence_at
from bot.extract.speakers.names import Names, may_be_name
from bot.extract.words import words
from bot.languages.table import LISTS, capitals, cue_verbs, given_names, pronouns, quoting
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.sentences import sentences
from bot.text.spans import masked

SAID_LAST = re.compile(r"(?P<content>[^“”\n]{15,}),\s(?P<who>[^\s,:;][^,:;]{1,40})\s(?P<cue>\w+)")
BLOCK = re.compile(r">+\s*")
SIGNATURE = re.compile(
    r"\s*(?P<cue>--|[-–—―])\s*(?P<who>[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|[a-z]{1,3}))"
    r"{0,7})(?:,\s[^“”\"\n]{1,80})?\s*"
)
"""A dash, a name, and perhaps a role or time after a comma."""
QUESTION = re.compile(r"(?:\*\*|__)[^*_\n]+(?:\*\*|__)|(?:\*\*|__)?Q[.:](?:\*\*|__)?\s.+")
ANSWER_LABEL = re.compile(r"(?:\*\*|__)?A[.:](?:\*\*|__)?\s+(?=\S)")
MIN_QUESTIONS = 2
CONFIDENCE = 0.85
UNKNOWN_CONFIDENCE = 0.6  # of an attribution whose source is not printed


def find_headline_speaker(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Draft]:
    """Find who says a headline: "Man stole same canoe three times, deputies say"."""
    for paragraph in paragraphs[:1]:
        match = SAID_LAST.fullmatch(text, paragraph.start, paragraph.end)
        if match and match["cue"] in cue_verbs.SPEECH_VERBS | LISTS["finding_verbs"]:
            who, cue, content = (match.span(part) for part in ("who", "cue", "content"))
            yield _draft((who,), cue, content)


def may_report(text: str, headline: Paragraph) -> bool:
    """Tell whether a headline may report speech: with a verb of speech, or a colon."""
    span = text[headline.start : headline.end]
    return ":" in span or not cue_verbs.PRESENT_SPEECH_VERBS.isdisjoint(words(span))


def find_asked(
    text: str, paragraphs: Sequence[Paragraph], found: Sequence[Draft]
) -> Iterator[Draft]:
    """Find what speakers were asked, by whom nobody tells: "Asked if it leaks, Falk said …".

    Those that are in `found` already are left out.
    """
    is_cue = {offset for draft in found for span in draft.cue for offset in range(*span)}
    for paragraph in paragraphs:
        if paragraph.kind != "text":
            continue
        for match in quoting.ASKED.finditer(text, paragraph.start, paragraph.end):
            cue = match.span("cue")
            if cue[0] not in is_cue and not quotations_between(text, paragraph, *cue):
                yield Draft((), (cue,), (match.span("content"),), CONFIDENCE, False, paragraph)


def find_quoted_blocks(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Draft]:
    """Find signed quotations, and letters, posts and statements after "> ".

    Marks of a list look the same, so a block must be signed, quoted, introduced by a colon, longer
    than a sentence, or follow another block.
    """
    last: Draft | None = None
    for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
        mark = BLOCK.match(text, paragraph.start, paragraph.end)
        start = mark.end() if mark else paragraph.start
        quoted = quotations(text[start : paragraph.end])
        is_quoted = bool(quoted) and quoted[0][0] == 0
        content = (start, start + quoted[-1][1] if is_quoted else paragraph.end)
        signature = is_quoted and SIGNATURE.fullmatch(text, content[1], paragraph.end)
        if signature:
            last = _draft((signature.span("who"),), signature.span("cue"), content)
        elif mark is None or start == paragraph.end:
            last = None
        elif last is not None:
            last = _draft(last.source, None, content)
        elif before is not None and text[before.end - 1] == ":":
            last = _draft(_introducer(text, before), None, content)
        elif is_quoted or len(sentences(text[slice(*content)])) > 1:
            last = _draft((), None, content)
        if last is not None:
            yield last


def _draft(source: Spans, cue: Span | None, content: Span) -> Draft:
    """Make a draft. The first character of a content stands for a cue that is not printed."""
    spans = (*source, content) if cue else (content,)
    return Draft(
        source=source,
        cue=(cue or (content[0], content[0] + 1),),
        content=(content,),
        confidence=CONFIDENCE if source else UNKNOWN_CONFIDENCE,
        is_guessed=False,
        paragraph=Paragraph(min(spans)[0], max(span[1] for span in spans), "text"),
    )


def _introducer(text: str, before: Paragraph) -> Spans:
    """Return the subject of the sentence that introduces a block: "Ida Falk, a reader, writes:"."""
    start, end = sentence_at(text, before, before.end)
    for verb in re.finditer(r"[^\W\d_]+", text[start:end]):
        if verb[0].lower() in cue_verbs.SPEECH_VERBS:
            subject = text[start : start + verb.start()].split(",")[0].rstrip()
            is_name = bool(words(subject)) and may_be_name(subject)
            return ((start, start + len(subject)),) if is_name else ()
    return ()


def find_answers(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Draft]:
    """Find the answers of an interview; the source of each is where the interviewee is named.

    Explainers print their headings in the same way, so at least half of the answers must speak of
    "I" or "we".
    """
    spans = [(one.start, one.end) for one in paragraphs]
    questions = [n for n, span in enumerate(spans) if QUESTION.fullmatch(text, *span)]
    if sum("?" in text[slice(*spans[number])] for number in questions) < MIN_QUESTIONS:
        return
    numbers = sorted({number + 1 for number in questions} - {*questions, len(paragraphs)})
    answers = []
    for start, end in (spans[number] for number in numbers):
        label = ANSWER_LABEL.match(text, start, end)
        answers.append((label.end() if label else start, end))
    unquoted = [masked(text[slice(*one)], quotations(text[slice(*one)])) for one in answers]
    if 2 * sum(not pronouns.FIRST_PERSON.isdisjoint(words(one)) for one in unquoted) < len(answers):
        return
    source = _interviewee(text, spans[questions[0]][0])
    for answer in answers:
        if not quotations(text[slice(*answer)]):
            yield _draft(source, None, answer)


def _interviewee(text: str, end: int) -> Spans:
    """Return where the person named most before the first question is named, but whoever asks."""
    names = Names(text)
    named = [
        mention
        for mention in names.possible_persons(0, end)
        if " " in mention.name
        and (
            given_names.gender_of(mention.name.partition(" ")[0])
            or names.person(mention.name, mention.start)
        )
        and not quoting.BYLINE.search(text, max(0, mention.start - 20), mention.start)
    ]
    if not named:
        return ()
    person = Counter(mention.name for mention in named).most_common(1)[0][0]
    start = next(mention.start for mention in named if mention.name == person)
    run = capitals.CAPITALISED_RUN.match(text, start)
    return ((start, run.end()),) if run else ()
