"""Whether a source names, describes or hides its speaker."""

from __future__ import annotations

from bot.extract.speakers.roles import gender
from bot.extract.words import head_phrase, words
from bot.languages.table import bodies, function_words, people, pronouns, source_forms
from bot.model import SourceKind


def source_kind(speaker: str) -> SourceKind:
    """Tell whether a speaker is named, described ("policy advisers") or unnamed ("a source").

    "The" with one more word before an institution counts as a name: "the transport ministry".
    """
    if part := source_forms.PART_OF_GROUP.match(speaker):
        every = part["all"]
        return "described" if every.lower() in pronouns.PRONOUNS else source_kind(every)
    heads = [head_phrase(part) for part in speaker.split(function_words.CONJUNCTION)]
    low = {noun.split()[-1].lower() for noun in heads if noun.split()}
    if any(map(_is_proper, heads)):
        return "named"
    if low & (people.UNNAMED_HEADS | pronouns.PRONOUNS) or people.UNNAMED_SOURCE.search(speaker):
        return "unnamed"
    known = any(map(_is_institution, heads)) or _is_known_document(speaker)
    return "named" if known else "described"


def _is_proper(source: str) -> bool:
    last = head_phrase(source).split()[-1:]
    common = (
        last
        and last[0].lower() in source_forms.COMMON_WORDS
        and last[0] not in pronouns.PRONOUN_ACRONYMS
    )
    return bool(last) and source_forms.ARABIC_ARTICLE.sub("", last[0])[0].isupper() and not common


def _is_institution(noun: str) -> bool:
    parts = words(noun)
    points_out = (
        len(parts) > 2
        and parts[0] == pronouns.DEFINITE_ARTICLE
        and parts[1] not in function_words.VAGUE_ADJECTIVES
    )
    return points_out and parts[-1] in bodies.INSTITUTIONS


def _is_known_document(speaker: str) -> bool:
    """Tell whether a paper or record is given by its own name or its owner's: "court records"."""
    noun = head_phrase(speaker)
    *before, last = words(noun) or [""]
    if last not in bodies.DOCUMENTS:
        return False
    named = any(word[0].isupper() for word in noun.split()[1:])
    owned = source_forms.POSSESSIVE_NOUN.match(noun) or not bodies.BODIES.isdisjoint(before)
    owner = source_forms.OWNER_PHRASE.match(speaker[len(noun) :])
    by = owner and (
        _is_proper(owner["owner"])
        or not bodies.BODIES.isdisjoint(words(head_phrase(owner["owner"])))
    )
    return bool(named or owned or by)


def is_outlet(source: str) -> bool:
    """Tell whether a source is a paper, agency or broadcaster, by its name or kind."""
    parts = words(head_phrase(source))
    return bool(parts) and (parts[-1] in bodies.OUTLETS or parts[0] in bodies.BROADCASTERS)


def is_plural(speaker: str) -> bool:
    """Tell whether a speaker is several: "Ida Falk and Omar Tallis", "officials"."""
    several = head_phrase(speaker).lower().endswith(source_forms.PLURAL_ENDINGS)
    return several or function_words.CONJUNCTION in speaker


def is_one_person(speaker: str, pronoun: str = "") -> bool:
    """Tell whether a description is of one human being ("a neighbour", "one of them") whom a
    pronoun may mean."""
    if source_forms.PART_OF_GROUP.match(speaker):
        return speaker.lower().startswith(source_forms.ONE_OF_PREFIX)
    noun = (words(head_phrase(speaker)) or [""])[-1]
    known = (
        f"{noun}s" in people.GROUPS | people.UNNAMED_HEADS
        or noun in people.TITLES | people.MALE_WORDS | people.FEMALE_WORDS | people.CITABLE_NOUNS
    )
    return may_be_person(speaker, pronoun) and (
        known or bool(source_forms.PERSON_NOUN_ENDING.search(noun))
    )


def may_be_person(speaker: str, pronoun: str) -> bool:
    """Tell whether nothing rules out that a description is of one person."""
    noun = (words(head_phrase(speaker)) or [""])[-1]
    nobody = bodies.BODIES - {"guard"} | bodies.DOCUMENTS | bodies.OUTLETS | bodies.COMPANIES
    if noun in nobody or source_forms.GUARD_BODY.search(head_phrase(speaker)) or is_plural(speaker):
        return False
    return not pronoun or gender(noun) in (None, gender(pronoun))


def without_sentence_capital(core: str) -> str:
    """Lower a capital that only starts the sentence: "The advisers", "Her brother"."""
    first, *rest = core.split()
    common = first.lower() in source_forms.COMMON_WORDS and first not in pronouns.PRONOUN_ACRONYMS
    alone = first.lower() in pronouns.PRONOUNS and not rest
    return core[0].lower() + core[1:] if common and not alone and not _is_proper(core) else core
