"""Find the speakers that words of an English question name, as values of the `by:` operator."""

from __future__ import annotations

from bot.languages.table import occupations
from bot.languages.wordlist import is_word
from bot.questions.question import ArchiveLookup
from bot.questions.words import Tokens, word_list
from bot.search.language.query import Query
from bot.search.language.unnamed_sources import without_unnamed


def query_for(tokens: Tokens, archive: ArchiveLookup) -> Query:
    """The query for what the speaker that some words name has said; anybody, if they name nobody.

    Words that are no name describe the speaker if claims have them, or else count as the name of
    somebody who is not quoted.
    """
    words = _name_words(tokens)
    if word_list("unsearched_words").issuperset(words) or is_vague(words):
        return Query(features=("speaker",))
    others = without_unnamed(words)
    if others is not None:
        return Query(words=others, source_kinds=("no",))
    if known := find_known_speakers(tokens, archive):
        return Query(speakers=known)
    if value := archive.find_speaker(" ".join(words), allow_typos=True):
        return Query(speakers=(value,))
    if "of" in words[1:-1]:  # a role, and where it is held
        index = words.index("of")
        if value := archive.find_speaker(" ".join(words[:index])):
            return Query(speakers=(value,), words=tuple(words[index + 1 :]))
    if any(map(archive.has_word, words)) and all(map(is_word, words)):
        return Query(words=tuple(words), features=("speaker",))
    return Query(speakers=(" ".join(words),))


def find_known_speakers(tokens: Tokens, archive: ArchiveLookup) -> tuple[str, ...]:
    """The speakers that these words, taken together, name, if the archive has them all.

    A title or role may precede a name: "mayor marsh", "finance director ekberg".
    """
    words = _name_words(tokens)
    if not words or is_vague(words):
        return ()
    if value := archive.find_speaker(" ".join(words)):
        return (value,)
    for index in range(1, len(words)):
        is_role = words[index - 1] in occupations.PERSON_NOUNS and not is_word(words[-1])
        if is_role or words[index - 1] in word_list("titles"):
            value = archive.find_speaker(" ".join(words[index:]))
            return (value,) if value else ()
    return ()


def is_vague(words: Tokens) -> bool:
    """Whether words name nobody in particular: anyone, people."""
    return " ".join(words) in word_list("vague_speakers")


def _name_words(tokens: Tokens) -> list[str]:
    """The words of a name without possessives, and adverbs and determiners around it."""
    words = [token.removesuffix("'s").rstrip("'") for token in tokens]
    while words and words[0] in word_list("determiners") and not is_vague(words):
        words = words[1:]
    while words and words[-1] in word_list("adverbs"):
        words = words[:-1]
    return words
