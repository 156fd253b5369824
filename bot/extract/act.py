"""Tell what an attribution reports: speech, a thought, or an event in which nobody spoke.

The lexicon (languages/en/extraction/acts.yml) sorts the words of cues; their grammar does the rest:
"denied a request" is an event and "denied the claim" is speech, as "refused to sign" and "refused
to comment" are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.extract.spans.drafts import QUOTATION_MARKS, Draft
from bot.extract.speakers.kinds import is_outlet
from bot.extract.speakers.names import has_verb
from bot.extract.words import words
from bot.languages.table import LISTS, acts, cue_verbs, pronouns
from bot.model import Act, AttributionType

LOOKAHEAD = 60  # characters after a cue to search for the rest of a verb: "refused [to comment]"
MAX_OBJECT_WORDS = 5  # to the noun that heads an object: "denied a last-minute defence [request]"
MIN_FINDING_WORDS = 5  # in what a study finds
MAX_NAME_WORDS = 3  # in a quoted name: "a ship called “The Swift”"


class ActGuess(NamedTuple):
    """An act, and the probability that it is right."""

    act: Act
    probability: float


# Shares of the cues in the annotated articles that each kind of evidence sorts right.
QUOTED: Final = 0.98
KNOWN: Final = 0.92
FRAME: Final = 0.85
GUESSED: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Frame:
    """The words of an attribution: `cue` with those right after it, `source` and `content`."""

    source: list[str]
    cue: list[str]
    after: list[str]
    content: list[str]
    is_quoted: bool
    is_behind: bool
    """Whether the cue stands behind the content: "the wall leaks, a study finds"."""

    @property
    def opens_clause(self) -> bool:
        """Whether the content is a clause or a quotation, rather than the name of a topic."""
        if (
            self.is_quoted
            or self.is_behind
            or not LISTS["clause_openings"].isdisjoint(self.content[:1])
        ):
            return True
        if not LISTS["speech_prepositions"].isdisjoint(self.cue[-1:]) or self.content[:1] == ["to"]:
            return False
        main = self.content
        for index, word in enumerate(main):
            if word in LISTS["relatives"]:
                main = main[:index]
                break
        return has_verb(main)

    @property
    def is_negated(self) -> bool:
        return any(word in LISTS["negations"] or word.endswith("n’t") for word in self.cue)


def read_act(text: str, draft: Draft, type_: AttributionType) -> ActGuess:
    """Tell what an attribution reports, and how sure that is."""
    if draft.outer:
        type_ = "indirect"  # the quotation marks are those of the outer attribution
    if draft.cue_start == draft.content[0][0]:
        return ActGuess("speech", QUOTED)  # it has no cue but its own quotation mark
    source, cue, content = draft.source_text(text), draft.cue_words(text), draft.content_text(text)
    after = text[draft.cue_end : min(draft.cue_end + LOOKAHEAD, draft.paragraph.end)]
    frame = _Frame(
        source=words(source),
        cue=cue,
        after=words(after.split(". ")[0]),
        content=words(content),
        is_behind=draft.content[-1][1] <= draft.cue_start,
        is_quoted=type_ != "indirect" or not QUOTATION_MARKS.isdisjoint(content[:1]),
    )
    is_author = bool(frame.source) and pronouns.FIRST_PERSON.issuperset(frame.source)
    if draft.outer is None and type_ == "indirect" and is_author and cue[:2] != ["am", "told"]:
        return ActGuess("event", KNOWN)  # "I think", "we asked" outside quotation marks
    if not cue_verbs.LEARNING_VERBS.isdisjoint(cue) and is_outlet(source):
        return ActGuess("speech", FRAME)  # "the Echo understands"
    if type_ == "direct" and not _is_name(frame):
        is_thought = cue in (["thought"], ["thinks"])
        return ActGuess("thought", GUESSED) if is_thought else ActGuess("speech", QUOTED)
    if not cue:
        return ActGuess("speech", FRAME)  # a colon, a dash
    guess = _of_refusal(frame) or _of_modal(frame, type_) or _of_passive(frame) or _of_words(frame)
    if guess.act != "speech" and type_ == "mixed" and not _is_name(frame):
        return ActGuess("speech", GUESSED) if guess.act == "thought" else guess
    return guess


def _is_name(frame: _Frame) -> bool:
    """Tell whether a quotation is a name: "a ship known as “The Swift”"."""
    is_naming = any(word in ("known", "titled", "entitled", "nicknamed") for word in frame.cue)
    is_called = not frame.source and frame.cue[-1:] in (["called"], ["dubbed"], ["billed"])
    return is_naming or (is_called and len(frame.content) <= MAX_NAME_WORDS)


def _of_refusal(frame: _Frame) -> ActGuess | None:
    """Read "refused to comment", which is speech, and "refused to sign", which is not."""
    cue, rest = frame.cue, [*frame.cue, *frame.after]
    for index, word in enumerate(cue):
        if acts.CLASS_OF.get(word) != "deciding" or not word.startswith(("refus", "declin")):
            continue
        if "to" not in rest[index + 1 : index + 3]:
            is_comment = not LISTS["details"].isdisjoint(
                [*rest[index + 1 : index + 3], *frame.content]
            )
            return ActGuess("speech" if is_comment else "event", FRAME)
        verb = rest[rest.index("to", index) + 1 :][:2]
        return ActGuess("speech" if _speaks(verb, rest) else "event", KNOWN)
    if not frame.is_negated:
        return None
    modal = any(word in LISTS["modals"] for word in cue)
    if not LISTS["responding_verbs"].isdisjoint(cue):
        return ActGuess("event", FRAME)
    verbs = [word for word in rest[: len(cue) + 1] if word in LISTS["speaking"]]
    if verbs and (modal or _speaks(verbs[:1], rest)):
        return ActGuess("speech", KNOWN)
    return None


def _speaks(verb: list[str], rest: list[str]) -> bool:
    """Tell whether a refused verb is one of speaking: "comment", but not "give [them money]"."""
    if not verb or LISTS["speaking"].isdisjoint(verb):
        return False
    return verb[0] not in LISTS["verbs_of_giving"] or not LISTS["details"].isdisjoint(rest)


def _of_modal(frame: _Frame, type_: AttributionType) -> ActGuess | None:
    """Read what is only to come or possible: "will discuss", "could say", "to announce"."""
    cue = frame.cue
    modals = [
        index for index, word in enumerate(cue) if word in LISTS["modals"] or word.endswith("’ll")
    ]
    if not modals:
        is_aim = cue[0] == "to" and len(cue) > 1 and not frame.opens_clause
        return ActGuess("event", GUESSED) if is_aim else None
    following = cue[modals[0] + 1 :]
    if type_ == "mixed" and not LISTS["speaking"].isdisjoint(following):
        return ActGuess("speech", FRAME)  # "would say only that it was “a matter for the board”"
    if not LISTS["words_of_wanting"].isdisjoint(following):
        return ActGuess("thought", FRAME)
    if not LISTS["uttered_after_modal"].isdisjoint(following) and (
        cue[modals[0]] == "can" or not pronouns.FIRST_PERSON.isdisjoint(frame.source)
    ):
        return ActGuess("speech", FRAME)
    return ActGuess("event", FRAME)


def _of_passive(frame: _Frame) -> ActGuess | None:
    """Read a participle after a form of "be": "is expected to", "was told that"."""
    cue = frame.cue
    for index, word in enumerate(cue):
        if word not in LISTS["forms_of_be"] and not word.endswith(("’s", "’re", "’m")):
            continue
        for participle in cue[index + 1 : index + 4]:
            if participle in LISTS["passive_speech"]:
                return ActGuess("speech", FRAME)
            if participle in LISTS["passive_thoughts"]:
                return ActGuess("thought", FRAME)
            if participle in LISTS["passive_events"]:
                return ActGuess("event", FRAME)
            if _class_of(participle) in ("speech", "deciding", "topical") and not frame.source:
                # "Was admitted to hospital", but "was reported to have left".
                is_reported = acts.REPORTED_INFINITIVE.search(
                    " ".join((*cue[index:], *frame.content, *frame.after[:2]))
                )
                return ActGuess("speech" if is_reported else "event", GUESSED)
    return None


def _of_words(frame: _Frame) -> ActGuess:
    """Read the first word of a cue that the lexicon sorts."""
    rest = [*frame.cue, *frame.after]
    if acts.SPEECH_PHRASE.search(" ".join(rest[: len(frame.cue) + 1])) or (
        acts.ESTIMATE.match(" ".join((*frame.cue[-1:], *frame.content)))
    ):
        return ActGuess("speech", FRAME)
    call = acts.DECISIVE_CALL.search(" ".join([*frame.cue, *frame.after[:3]]))
    if call and call.start() < len(" ".join(frame.cue)):
        return ActGuess("event", FRAME)
    light = False
    for index, word in enumerate(frame.cue):
        word_class = _class_of(word)
        if word_class is None:
            continue
        if word_class == "light":
            light = True
            continue
        if word_class == "speech" and _is_deed(frame, word):
            return ActGuess("event", FRAME)
        if word_class == "speech" or not LISTS["words_for_aloud"].isdisjoint(
            rest[index + 1 : index + 3]
        ):
            return ActGuess("speech", KNOWN)
        if word_class == "thought":
            return ActGuess("thought", KNOWN)
        if word_class == "event":
            return ActGuess("event", KNOWN)
        if word_class == "committing":
            if frame.is_quoted or frame.opens_clause:
                return ActGuess("speech", FRAME)
            following = rest[index + 1 : index + 4]
            is_with = not {"with", "that"}.isdisjoint(following) and "to" not in following[:2]
            return ActGuess("thought" if is_with else "event", FRAME)
        if word_class == "deciding":
            return _of_decision(frame)
        return _of_topic(frame, word)
    is_made = light and any(_class_of(word) == "speech" for word in frame.content[:3])
    if is_made or frame.is_quoted or (not light and frame.content[:1] == ["that"]):
        return ActGuess("speech", GUESSED)
    return ActGuess("event", GUESSED)


def _is_deed(frame: _Frame, word: str) -> bool:
    """Tell whether a verb of speech means a deed: "called a meeting", "the deal promises jobs"."""
    opens_clause = not LISTS["clause_openings"].isdisjoint(frame.content[:1])
    if frame.is_quoted or opens_clause or not frame.content:
        return False
    may_be_deed = frame.cue[-1:] == [word] and word.startswith(acts.DEED_VERBS)
    if word.startswith(acts.COUNTING_VERBS) and frame.content[0][:1].isdigit():
        return True
    objects = frame.content[:MAX_OBJECT_WORDS]
    for index, other in enumerate(objects[1:], 1):
        if other in pronouns.DETERMINERS:
            objects = objects[:index]  # "called the ruling a victory"
            break
    if may_be_deed and not LISTS["deeds"].isdisjoint(objects):
        return True
    return not LISTS["agreements"].isdisjoint(frame.source[:3]) and word.startswith(
        acts.PROMISING_VERBS
    )


def _class_of(word: str) -> str | None:
    found: str | None = acts.CLASS_OF.get(word) or acts.CLASS_OF.get(word.split("-")[-1])
    return found


def _of_decision(frame: _Frame) -> ActGuess:
    """Read "denied a request" and "denied the claim": the noun that heads the object decides."""
    content = frame.content
    objects = content[:MAX_OBJECT_WORDS]
    for word in LISTS["speech_prepositions"]:
        if word in objects[1:]:
            objects = objects[: objects.index(word, 1)]
    is_decision = not LISTS["decided"].isdisjoint([*objects[-2:], *frame.cue[-1:]])
    is_decision = is_decision and LISTS["clause_openings"].isdisjoint(content[:1])
    return ActGuess("event" if is_decision else "speech", FRAME)


def _of_topic(frame: _Frame, word: str) -> ActGuess:
    """Read a verb that reports speech only before a clause or a quotation."""
    if not LISTS["images"].isdisjoint(frame.source):
        return ActGuess("event", FRAME)
    if word in acts.FINDING_FORMS:
        is_finding = not LISTS["finders"].isdisjoint(frame.source) and (
            frame.opens_clause or len(frame.content) >= MIN_FINDING_WORDS
        )
        return ActGuess("speech" if is_finding else "event", GUESSED)
    if word.startswith("prov") and frame.content[:1] != ["that"]:
        return ActGuess("event", GUESSED)
    if word in ("heard", "hears", "hear"):
        is_hearing = not LISTS["hearings"].isdisjoint(frame.source)
        return ActGuess("speech" if is_hearing else "event", FRAME)
    return ActGuess("speech" if frame.opens_clause else "event", FRAME)
