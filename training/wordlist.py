"""Make the files in bot/languages/en/wordlist from SCOWL and WordNet.

    python -m training.wordlist SCOWL WORDNET

SCOWL is the folder of its lists (Debian: scowl, /usr/share/dict/scowl), WORDNET that of its data
files (Debian: wordnet-base, /usr/share/wordnet). Neither is needed to run or test Claimdesk. Word
frequencies come from the vocabulary of BERT (bot/extract/tagger/tokenizer.json), which is sorted by
frequency in books and Wikipedia.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import bot
from bot.languages.table import negation
from bot.languages.wordlist import (
    COMMON,
    FORMS,
    OPPOSITES,
    SPELLINGS,
    SYNONYMS,
    WORDLIST_FOLDER,
    WORDS,
)
from bot.search.engine.words import stem
from bot.search.forms import irregular_forms

VOCABULARY = Path(bot.__file__).with_name("extract") / "tagger" / "tokenizer.json"
MAX_COMMON_WORDS = 12_000
"""Words of the vocabulary that count as common; rarer ones in WordNet do not occur in news."""

MAX_SCOWL_SIZE = 60
"""Larger SCOWL lists have rarer words; from 70 on, many are only misspellings of common ones."""
LISTS = re.compile(
    r"(?:english|american|british|british_z|canadian|australian|variant_[12]"
    r"|(?:british|canadian|australian)_variant_[12])-(?:words|contractions)"
)

# American spellings by rule: the British letters, and their replacement.
RULES = [
    (re.compile(pattern), american)
    for pattern, american in (
        (r"(?<=..)our(?=(s|ed|ing|ful|less|able|ite|ites|er|ers|ed)?$)", "or"),
        (r"(?<=[a-z]{3})is(?=(e|es|ed|ing|er|ers|ation|ations|able)$)", "iz"),
        (r"(?<=[a-z]{2})ys(?=(e|es|ed|ing|er|ers)$)", "yz"),
        (r"(?<=[bcdghkptv])re(?=s?$)", "er"),
        (r"(?<=[bcdghkptv])red$", "ered"),
        (r"(?<=[bcdghkptv])ring$", "ering"),
        (r"(?<=[a-z]{2})ogue(?=s?$)", "og"),
        (r"(?<=[a-z]{2}en)ce(?=(s|less)?$)", "se"),
        (r"(?<=[aeiou][^aeiou])([aeiou])ll(?=(ed|ing|er|ers|or|ors|ist|ists|ous|able)$)", r"\1l"),
        (r"(?<=[aeiou][^aeiou])([aeiou])([pst])\2(?=(ed|ing|er|ers|es)$)", r"\1\2"),
        (r"^(fulfi|insta|enro|enthra|disti|insti|ski|wi)ll(?=(s|ment|ments|ful|fully)?$)", r"\1l"),
        (r"(?:ae|oe)(?=[b-df-hj-np-tv-xz][a-z]{2})", "e"),
        (r"gement(?=s?$)", "gment"),
    )
]
OTHERS = """
rouble ruble; tyre tire; grey gray; greyer grayer; plough plow; ploughed plowed; gaol jail
aluminium aluminum; programme program; sceptic skeptic; sceptical skeptical; scepticism skepticism
mould mold; moulded molded; moustache mustache; pyjamas pajamas; draught draft; whisky whiskey
yoghurt yogurt; ageing aging; axe ax; cosy cozy; tsar czar; sulphur sulfur; sulphate sulfate
artefact artifact; disc disk; enquiry inquiry; enquire inquire; kerb curb; cheque check
adviser advisor; protester protestor; impostor imposter; practise practice; licence license
manoeuvre maneuver; manoeuvring maneuvering; jewellery jewelry; speciality specialty
burnt burned; learnt learned; spelt spelled; spoilt spoiled; leapt leaped; dreamt dreamed
skilful skillful; wilful willful; fulfil fulfill; enrol enroll; enrolment enrollment
instalment installment; woollen woolen; smoulder smolder; gramme gram
mediaeval medieval; orientated oriented; acknowledgement acknowledgment; likeable likable
saleable salable; sizeable sizable; naught nought; omelette omelet; phoney phony; gypsy gipsy
connexion connection; cypher cipher; syphon siphon; pedlar peddler
"""
UNLIKE = frozenset(
    (
        *("timbre", "timbres", "acre", "ogre", "scoured", "scouring", "scourer", "soever"),
        *("matres", "impatiences", "oecus"),
    )
)
"""Words that a rule would wrongly turn into another word."""
NEWS = """
support oppose; supporter opponent; approve reject; allow ban; rise drop; increase fall; grow shrink
increase drop; climb fall; raise cut; expand cut; hire sack; open shut; reopen close; safe dangerous
start stop; begin stop; join leave; join quit; enter leave; arrive leave; pass fail; agree refuse
admit deny; confirm deny; win loss; victory defeat; profit loss; surplus deficit; gain lose
lift impose; ease tighten; free jail; release arrest; release detain; acquit convict; guilty acquit
stay leave; stay quit; keep drop; extend cut; escalate ease; peace conflict; friend foe; ally enemy
healthy sick; alive dead; survive die; calm violent; possible impossible; true false; right wrong
strengthen weaken; improve worsen; better worse; legalise ban; permit forbid; permit ban; buy sell
import export; attack defend; clean polluted; clean contaminated; friend enemy; friendly hostile
tighten ease; loyal rebel; full empty; rich poor; cheap expensive; early late; public secret
ceasefire fighting; truce fighting; boom slump; boom recession; growth recession; creditor debtor
abolish introduce; abolish keep; scrap keep; cancel hold; cancel confirm; postpone hold
arrive depart; employ sack; employ dismiss; appoint dismiss; appoint sack; elect oust; die recover
welcome condemn; welcome criticise; back oppose; rescue abandon; save lose; found missing
heal wound; trust doubt; love hate; light dark; wet dry; flood drought; hot cold; warm cool
strong frail; win defeat
hope fear; remember forget; include exclude; connect cut; protect harm; build demolish
innocent guilty; evacuate stay; resign stay; resume halt; resume suspend; continue halt
continue stop; advance retreat; accept refuse; praise criticise; thrive struggle
"""
"""Opposites that are common in news, in addition to WordNet's."""
NOT_NEGATED = frozenset(("immediate", "disarming", "disclaim", "discharge"))
"""Words with a negative prefix that are not the opposite of their base."""


def main() -> None:
    """Write the lists of words, spelling variants, opposites and related words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scowl", type=Path)
    parser.add_argument("wordnet", type=Path)
    given = parser.parse_args()
    words = read_words(given.scowl)
    _write_packed(WORDLIST_FOLDER / WORDS, sorted(words))
    _write(WORDLIST_FOLDER / SPELLINGS, spellings(words))
    _write(WORDLIST_FOLDER / OPPOSITES, opposites(words, given.wordnet))
    common = commonest(words)
    _write_packed(WORDLIST_FOLDER / COMMON, common)
    stems = set(map(stem, common))
    usual = {word for word in words if stem(word) in stems}
    _write_packed(WORDLIST_FOLDER / FORMS, _stems(_related(_derived(given.wordnet), usual)))
    _write_packed(WORDLIST_FOLDER / SYNONYMS, _stems(_related(_synonyms(given.wordnet), usual)))


def read_words(scowl: Path) -> set[str]:
    """Return SCOWL's lower-case words, without accents and possessives.

    Contractions are split as in search: isn, ll.
    """
    words: set[str] = set()
    for file in scowl.iterdir():
        if LISTS.fullmatch(file.stem) and int(file.suffix[1:]) <= MAX_SCOWL_SIZE:
            separator = "'" if file.stem.endswith("-contractions") else None
            for line in file.read_text("latin-1").split():
                words.update(_plain(line).split(separator))
    return {word for word in words if re.fullmatch("[a-z]{2,}", word)}


def commonest(words: set[str]) -> list[str]:
    """Return the most common of these words, most common first."""
    ranks = json.loads(VOCABULARY.read_text(encoding="utf-8"))["model"]["vocab"]
    return [word for word in sorted(ranks, key=ranks.__getitem__) if word in words][
        :MAX_COMMON_WORDS
    ]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Parse a list of word pairs."""
    for pair in text.strip().replace("\n", ";").split(";"):
        word, other = pair.split()
        yield word, other


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))


def spellings(words: set[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of spellings of one word; only the first pair for two stems."""
    found = list(_pairs(OTHERS))
    for word in sorted(words - UNLIKE):
        for pattern, american in RULES:
            other = pattern.sub(american, word)
            if other != word and other in words:
                found.append((word, other))
    seen: set[frozenset[str]] = set()
    for word, other in found:
        stems = frozenset((stem(word), stem(other)))
        if len(stems) == 2 and stems not in seen:
            seen.add(stems)
            yield word, other


def opposites(words: set[str], wordnet: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of opposite words; a word with a negative prefix comes before its base."""
    seen: set[tuple[str, str]] = set()
    for word, other in (*_antonyms(wordnet), *_negated(words, wordnet), *_pairs(NEWS)):
        is_second = any(other == f"{prefix}{word}" for prefix in negation.NEGATIVE_PREFIXES)
        pair = (other, word) if is_second else (word, other)
        if {*pair} <= words - NOT_NEGATED and not {pair, pair[::-1]} & seen:
            seen.add(pair)
            yield pair


def _antonyms(wordnet: Path) -> Iterator[tuple[str, str]]:
    for part in ("adj", "adv", "noun", "verb"):
        synsets = dict(_synsets(wordnet / f"data.{part}"))
        for words, pointers in synsets.values():
            for sign, target, _, ends in pointers:
                if sign == "!":
                    source, goal = int(ends[:2], 16), int(ends[2:], 16)
                    yield words[source - 1], synsets[target][0][goal - 1]


def _derived(wordnet: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of words where one derives from the other: die, death."""
    parts = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
    synsets = {key: dict(_synsets(wordnet / f"data.{part}")) for key, part in parts.items()}
    for synsets_of_part in synsets.values():
        for words, pointers in synsets_of_part.values():
            for sign, target, part, ends in pointers:
                source, goal = int(ends[:2], 16), int(ends[2:], 16)
                if sign in ("+", "\\") and source and goal:
                    other = synsets["a" if part == "s" else part][target][0][goal - 1]
                    yield words[source - 1], other


def _synonyms(wordnet: Path) -> Iterator[tuple[str, str]]:
    """Yield pairs of words that are synonyms in the first one's first sense."""
    for part in ("noun", "verb", "adj", "adv"):
        synsets = dict(_synsets(wordnet / f"data.{part}"))
        for word, offsets in _senses(wordnet / f"index.{part}"):
            yield from ((word, other) for other in synsets[offsets[0]][0])


def _related(pairs: Iterable[tuple[str, str]], words: set[str]) -> set[tuple[str, str]]:
    """Return the sorted pairs in which both are among `words` and have different stems."""
    return {
        (min(pair), max(pair))
        for pair in pairs
        if words.issuperset(pair) and stem(pair[0]) != stem(pair[1])
    }


Pointer = list[str]
"""A relation's symbol, the target synset's offset and part of speech, and the numbers of the two
related words in their synsets."""


def _synsets(file: Path) -> Iterator[tuple[str, tuple[list[str], list[Pointer]]]]:
    """Yield each synset's offset, words and pointers."""
    for line in file.read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split()
        count = int(fields[3], 16)
        words = [re.sub(r"\(\w+\)", "", word) for word in fields[4 : 4 + 2 * count : 2]]
        rest = fields[4 + 2 * count :]
        starts = range(1, 1 + 4 * int(rest[0]), 4)
        yield fields[0], (words, [rest[start : start + 4] for start in starts])


def _negated(words: set[str], wordnet: Path) -> Iterator[tuple[str, str]]:
    """Yield words with a negating un- or non-, and their bases: adjectives and participles only.

    Verbs are left out: to unveil is not to fail to veil.
    """
    adjectives, verbs = (set(_lemmas(wordnet / f"index.{part}")) for part in ("adj", "verb"))
    verb_stems = {stem(verb) for verb in verbs if verb.startswith("un")}
    for word in sorted(words):
        for prefix in ("un", "non"):
            base = word.removeprefix(prefix)
            is_negated = base != word and len(base) > 3 and base in words
            is_adjective = word in adjectives or word.endswith(("ed", "ing", "able"))
            if is_negated and is_adjective and stem(word) not in verb_stems:
                yield word, base


def _lemmas(index: Path) -> Iterator[str]:
    return (word for word, _ in _senses(index))


def _senses(index: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each word with the offsets of its synsets, the most common sense first."""
    for line in index.read_text("ascii").splitlines():
        if not line.startswith(" "):
            word, _, count, *rest = line.split()
            yield word, rest[-int(count) :]


def _write(file: Path, pairs: Iterable[tuple[str, str]]) -> None:
    file.write_text("".join(f"{line}\n" for line in _lines(pairs)), encoding="utf-8")


def _write_packed(file: Path, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _stems(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return a line for each stem: itself, and the stems of the words that it is paired with."""
    related: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for pair in sorted(pairs):
        for word, other in (pair, pair[::-1]):
            forms = (stem(other), *irregular_forms().get(other, ()))
            related[stem(word)] |= dict.fromkeys(forms)
    return sorted(" ".join((word_stem, *others)) for word_stem, others in related.items())


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{word} {other}" for word, other in pairs)


if __name__ == "__main__":
    main()
