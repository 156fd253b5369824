"""A claim as a sentence that can be printed, by the order in which its article prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.extract.paragraphs import paragraphs_of
from bot.languages.table import negation
from bot.model import Article, ArticleCard, Claim, Hit, Passage
from bot.wording.cite.sentence import make_sentence
from bot.wording.passage import passage_of
from bot.wording.runs import Run, plain_text
from tests.wording.test_annotated_passages import own

CLAIM = Claim(
    id="c1",
    article_id="a1",
    kind="attribution",
    text="",
    type="indirect",
    speaker="Corin Hallas",
    source_kind="named",
    stance="said",
)
CARD = ArticleCard.from_article(Article(id="a1", origin="a1", text=""))
MARKED = re.compile(r"\[([SCK]) ([^\[\]]*)\]")


def hit(printed: str, **changes: Any) -> Hit:
    """The claim of a printed text in which [S source], [C cue] and [K content] are marked."""
    text, at = "", 0
    places: dict[str, list[tuple[int, int]]] = {"S": [], "C": [], "K": []}
    for mark in MARKED.finditer(printed):
        text += printed[at : mark.start()]
        places[mark[1]].append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    text += printed[at:]
    words = {name: " … ".join(text[s:e] for s, e in spans) for name, spans in places.items()}
    passage = Passage(
        spans=((0, len(text)),),
        text=text,
        source=tuple(places["S"]),
        cue=tuple(places["C"]),
        content=tuple(places["K"]),
    )
    claim = replace(CLAIM, text=words["K"], source=words["S"] or None, cue=words["C"] or None)
    return Hit(claim=replace(claim, **changes), article=CARD, score=1.0, passage=passage)


def shown(made: Hit, **more: Any) -> str | None:
    """The sentence with its emphasis as *…*."""
    runs = make_sentence(made, **more)
    return runs and "".join(f"*{run.text}*" if run.strong else run.text for run in runs)


BODY = {"speaker": "the ministry", "source_kind": "described"}
UNNAMED = {"source_kind": "unnamed"}
NOBODY = {"speaker": None, "source": None, "source_kind": "none"}


def test_what_nobody_said_is_not_cited() -> None:
    assert shown(made := hit("[S Ingrid Solvane] [C said] that [K the port is shut].", **BODY))
    assert make_sentence(replace(made, claim=replace(made.claim, act="event"))) is None


SENTENCES = [
    # Source, cue, content: the printed clause, with the name.
    (
        "[S Hallas] [C told reporters on Tuesday] that [K the port is shut].",
        {},
        "*Hallas* told reporters on Tuesday that the port is shut.",
    ),
    (
        "On Monday [S the transport minister, Corin Hallas], [C said] [K the port was shut], but "
        "would not say why.",
        {},
        "On Monday *the transport minister, Corin Hallas*, said the port was shut, but would not "
        "say why.",
    ),
    (
        "[S The ministry] on Monday [C denied] [K it had been told of the crack].",
        BODY,
        "*The ministry* on Monday denied it had been told of the crack.",
    ),
    (
        "[S Corin Hallas, the minister], [C said:]\n\n[K “Stay away. The wall leaks.”]",
        {},
        "*Corin Hallas*, the minister, said: “Stay away. The wall leaks.”",
    ),
    (
        "[S The Ports Fund (WHO)] [C says] [K it will pay].",
        {"speaker": "Ports Fund", "source_kind": "named"},
        "*The Ports Fund (WHO)* says it will pay.",
    ),
    (
        "[K “It leaks,”] [S Hallas] [C said in an interview at his home]. [K “It always has.”]",
        {},
        "“It leaks,” *Hallas* said in an interview at his home. “It always has.”",
    ),
    (
        "[S Hallas] [C said] that [K he had not been at either meeting and had not known of them].",
        {},
        "*Hallas* said that he had not been at either meeting and had not known of them.",
    ),
    (
        "[S The company] [C rejected] [K suggestions that the radar was out of order].",
        {"speaker": "Norlink", "source_kind": "described"},
        "*The company* rejected suggestions that the radar was out of order.",
    ),
    (
        "[S The person] [C said] [K the wall moved].",
        {"speaker": "the person", **UNNAMED},
        "*The person* said the wall moved.",
    ),
    (
        "[S A spokesman] said it was late, but [C declined to say] [K who had been asked].",
        {"speaker": "a spokesman", "source_kind": "described", "negative": True},
        "*A spokesman* declined to say who had been asked.",
    ),
    (
        "[S Three nurses], who asked not to be named, [C told the Echo] that [K they were ill].",
        {"speaker": "Three nurses", "source_kind": "unnamed"},
        "*Three nurses* told the Echo that they were ill.",
    ),
    (
        "[S The ministry] denied a delay, [C saying] [K no ship had waited].",
        BODY,
        "*The ministry* said no ship had waited.",
    ),
    # Content first: turned round only where its first letter is surely no name's.
    (
        "[K The port is shut], [S Hallas] [C said].",
        {},
        "*Hallas* said that the port is shut.",
    ),
    ("[K Divers went down], [S Hallas] [C said].", {}, "Divers went down, *Hallas* said."),
    (
        "[K The port is shut], [C according to] [S the ministry].",
        BODY,
        "The port is shut, according to *the ministry*.",
    ),
    (
        "[C According to] [S the ministry], [K the port is shut].",
        BODY,
        "According to *the ministry*, the port is shut.",
    ),
    (
        "[C Asked] by [S Hallas] [K who had paid], she left.",
        {},
        "*Hallas* asked who had paid.",
    ),
    (
        "[S Falk] [C said] [K the port was shut].",
        {"speaker": None, "guess": "Ida Falk"},
        "*Falk* said the port was shut.",
    ),
    # Quotations.
    (
        "[K “Who paid?”] [S Hallas] [C asked].",
        {},
        "“Who paid?” *Hallas* asked.",
    ),
    ("[K “It is over,”] [S Hallas] [C said].", {}, "“It is over,” *Hallas* said."),
    (
        "[K “It is over,”] [C said] [S Corin Hallas, the minister].",
        {},
        "“It is over,” said *Corin Hallas*, the minister.",
    ),
    (
        "[K “It is over,”] [S Hallas] [C said], [K “and we won.”]",
        {},
        "“It is over,” *Hallas* said, “and we won.”",
    ),
    (
        "[K “We lost,”] [S Hallas] [C said]. [K “Then we won.”]",
        {},
        "“We lost,” *Hallas* said. “Then we won.”",
    ),
    (
        "[S Hallas] [C said:] [K “It is over. We won.]\n\n[K “Go home.”]",
        {},
        "*Hallas* said: “It is over. We won.”",
    ),
    (
        "[S Hallas] [C said] that [K the wall was “worse than anyone admits”], and left.",
        {"type": "mixed"},
        "*Hallas* said that the wall was “worse than anyone admits”.",
    ),
    # Denials and refusals keep the words that make them so.
    (
        "[S The ministry] [C denied] that [K it had been warned].",
        {**BODY, "stance": "denied"},
        "*The ministry* denied that it had been warned.",
    ),
    (
        "[S The ministry] [C did not dispute] that [K the letter came].",
        {**BODY, "stance": "denied", "negative": True},
        "*The ministry* did not dispute that the letter came.",
    ),
    (
        "[S Hallas] [C declined] [K to comment on the letter].",
        {"negative": True},
        "*Hallas* declined to comment on the letter.",
    ),
    # Through whom.
    (
        "[S Managers] [C were warned] that [K nobody was on duty], a doctor said.",
        {"speaker": "managers", "source_kind": "described", "via": ("a doctor",), "inside": "c0"},
        "*Managers* were warned that nobody was on duty, according to *a doctor*.",
    ),
    (
        "The Journal [C reported], citing [S two insiders], that [K the port is shut].",
        {"speaker": "two insiders", "source_kind": "unnamed", "via": ("The Journal",)},
        "*The Journal* reported, citing *two insiders*, that the port is shut.",
    ),
    (
        "The ministry denied that [S Hallas] [C had said] [K the port was shut].",
        {"via": ("the ministry",), "inside": "c0", "outer_cue": "denied"},
        "*The ministry* denied that *Hallas* had said the port was shut.",
    ),
    # Nobody is given.
    (
        "VELLMOUTH (CPA) — [K The wall] [C is said] [K to be old], and it leaks.",
        NOBODY,
        "The wall is said to be old, and it leaks.",
    ),
    (
        "But [K the port of Vellmouth is shut.]",
        {**NOBODY, "kind": "statement"},
        "The port of Vellmouth is shut.",
    ),
]


@pytest.mark.parametrize(("printed", "changes", "expected"), SENTENCES)
def test_a_sentence_by_its_printed_order(
    printed: str, changes: dict[str, Any], expected: str
) -> None:
    assert shown(hit(printed, **changes)) == expected


@pytest.mark.parametrize(
    ("printed", "changes"),
    [
        # Who is meant, only other words say.
        ("[S He] [C said] that [K it had moved].", {}),
        ("[S He] [C said] [K the port was shut].", {}),
        ("[S Its minister, Corin Hallas], [C said] [K the port was shut].", {}),
        ("[S He] [C rejected] [K this].", {}),
        ("[K And, yes, it is all legal.]", {"kind": "statement", **NOBODY}),
        ("[K The latter stay in town.]", {"kind": "statement", **NOBODY}),
        ("[S He] [C rejected] that [K account].", {}),
        ("[S His solicitor] [C said] [K the wall moved].", {"speaker": "his solicitor"}),
        ("[S The ministry] [C accused] [K him of lying].", BODY),
        ("[S He] [C told her] that [K the port was shut].", {}),
        ("[K It is shut], [S Hallas] [C said].", {}),
        ("[S She] [C said] that [K he was shot].", {"source": "She"}),
        ("[S A spokesman] [C said] [K he had relied on it].", {"speaker": "a spokesman"}),
        ("[S Hallas] [C rejected] [K parts of his account].", {}),
        ("[S Hallas] [C said] that [K no such order was given].", {}),
        ("[S Hallas] [C said] [K she believed she knew whose it was].", {}),
        ("[K “He said that it moved,”] [S Hallas] [C said].", {}),
        ("It was not [S Hallas] who [C said] that [K the port was shut].", {}),
        ("[S Two heads] [C said] that [K it was, in April, and that it leaked].", BODY),
        ("[S Hallas] [C said] [K she had never seen one].", {}),
        ("[S He] [C told the court] that [K he had asked her to go].", {}),
        ("[S Hallas] [C believes] [K fines are likely], his officials say.", {}),
        # Nobody says that it was said.
        # No sentence, or none that ends.
        ("[S Minister] [C says] [K the port is shut]", {}),
        ("[S Hallas] [C denied] that [K he ever had].", {}),
        ("[S He] [C spoke of] [K the help during] in a storm.", {}),
        ("“Then why,” [S Hallas] [C asked], [K “did nobody call?”]", {}),
        ("“[S He] [C said] [K the wall moved],” she said.", {}),
        ("[S I] [C said] that [K we were late].", {}),
        ("[S My landlord] [C says] [K the port is shut].", {"speaker": "my landlord"}),
        ("Q. [S The ministry] [C says] [K the port is shut].", {"speaker": "the ministry"}),
        # Not sure, or not read.
        ("[K The port was shut.]", {"kind": "passage", **NOBODY}),
        ("[K It was the third in two years.]", {"kind": "statement", **NOBODY}),
    ],
)
def test_unusable_words_make_no_sentence(printed: str, changes: dict[str, Any]) -> None:
    assert shown(hit(printed, **changes)) is None


@pytest.mark.parametrize(
    ("printed", "changes"),
    [
        ("[S Hallas] met Marsh, and [C said] [K she had left].", {}),
        ("If [S Hallas] [C says] that [K the port is shut], go home.", {}),
        ("There is no proof that [S Hallas] [C said] [K the port is shut].", {}),
        ("[S Hallas] is to speak and [C say] that [K the port is shut].", {}),
        ("[S People] [C worried about] [K the wall] have left.", {"speaker": "people"}),
        ("[K Everything] [S Hallas] [C says] [K is a lie].", {}),
        ("[S Hallas’s] [C repeated claim] that [K the wall moved] is denied.", {}),
        (
            "[S The ministry] saw the claim made by Marsh, and widely [C reported], that [K the "
            "port was shut].",
            BODY,
        ),
        ("Hallas's office told [S Marsh], who had called to [C say] [K the port is shut].", {}),
        # What is printed around it changes what it says.
        ("For eight days [S the ministry] [C would not say] [K what it knew of the leak].", BODY),
        ("[S Hallas] [C says] [K prices fall], but not fast enough.", {}),
        ("[S Hallas] [C asked for] [K gifts] in order to help the crew of the ship.", {}),
        ("Everybody except [S Hallas] [C said] that [K the port was shut].", {}),
        ("In a doctored video, [S Hallas] [C said] [K the port was shut].", {}),
        ("[S Everyone but Hallas] [C said] [K the port was shut].", {}),
        ("[S Hallas] [C said] [K the wall was safe] – a lie, as it turned out.", {}),
    ],
)
def test_a_sentence_that_allows_no_other_words_stays_as_printed(
    printed: str, changes: dict[str, Any]
) -> None:
    made = hit(printed, **changes)
    assert made.passage
    assert plain_text(make_sentence(made) or ()) == made.passage.text


def test_the_outlet_follows_the_first_sentence() -> None:
    plainly = hit("[S Hallas] [C said] [K the port was shut].")
    assert shown(plainly, reported="the Post wrote") == (
        "*Hallas* said the port was shut, the Post wrote."
    )
    quoted = hit("[K “We lost,”] [S Hallas] [C said]. [K “Then we won.”]")
    assert shown(quoted, reported="the Post wrote") == (
        "“We lost,” *Hallas* said, the Post wrote. “Then we won.”"
    )
    ends = hit("[S Hallas] [C asked:] [K “Who paid?”]")
    assert shown(ends, reported="the Post wrote") == (
        "*Hallas* asked: “Who paid?”, the Post wrote."
    )


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("[S He] [C said] [K the port was shut].", "*Corin Hallas* said the port was shut."),
        ("[S Hallas] [C said] [K the port was shut].", "*Hallas* said the port was shut."),
        ("[K “It is over,”] [S he] [C said].", "“It is over,” *Corin Hallas* said."),
    ],
)
def test_a_confirmed_speaker_takes_the_pronouns_place(printed: str, expected: str) -> None:
    assert shown(hit(printed), is_confirmed=True) == expected


QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def annotated() -> list[Hit]:
    """The claims of our own annotated articles."""
    found = []
    for text, claims in own():
        paragraphs = tuple((one.start, one.end) for one in paragraphs_of(text))
        for places in claims:
            passage = passage_of(text, paragraphs, **places)
            words = {k: " … ".join(text[s:e] for s, e in spans) for k, spans in places.items()}
            cue = " ".join(passage.text[s:e] for s, e in passage.cue)
            source = words["source"] or None
            claim = replace(
                CLAIM,
                text=words["content"],
                source=source,
                speaker=source,
                source_kind="named" if source and source[0].isupper() else "described",
                cue=words["cue"] or None,
                negative=bool(
                    negation.CUE_NEGATION.search(cue) or negation.NEAR_NEGATION.search(f"{cue} ")
                ),
            )
            found.append(Hit(claim=claim, article=CARD, score=1.0, passage=passage))
    return found


def test_sentences_of_annotated_articles_are_true_to_the_print() -> None:
    made = [(one, runs) for one in annotated() if (runs := make_sentence(one))]
    assert len(made) >= 90
    for one, runs in made:
        check(one, runs)


def check(one: Hit, runs: tuple[Run, ...]) -> None:
    text = plain_text(runs)
    assert one.passage
    printed = " ".join(one.passage.text.split())
    assert re.search(r"(?<![.,])[.?!][”\"’')]*$", text), text
    assert ",," not in text.replace(" ", ""), text
    assert text.count("“") == text.count("”"), text
    for quoted in QUOTED.findall(text):
        assert quoted.strip('“”" .,') in printed, text
    if one.claim.source:
        assert any(run.strong for run in runs), text
    if one.claim.negative:
        assert negation.CUE_NEGATION.search(text) or negation.NEAR_NEGATION.search(text), text
    if re.search(r"\bden(?:y|ie[sd])\b", one.claim.cue or ""):
        assert re.search(r"\bden(?:y|ie[sd])\b", text), text
    words = set(re.findall(r"\w+", text.casefold()))
    added = words - set(re.findall(r"\w+", printed.casefold()))
    assert len(added) <= 2, (text, added)  # "that", and "said" of "saying"
