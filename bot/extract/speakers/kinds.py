"""Tell whether a source names, describes or hides its speaker, and whether that is one person."""

from __future__ import annotations

from bot.extract.speakers.roles import gender
from bot.extract.words import head_noun, head_phrase, words
from bot.languages.table import (
    LISTS,
    function_words,
    occupations,
    organisations,
    people,
    pronouns,
    source_forms,
)
from bot.model import SourceKind

PERSONS = (
    people.TITLES
    | people.MALE_WORDS
    | people.FEMALE_WORDS
    | people.CITABLE_NOUNS
    | occupations.PERSON_NOUNS
)
NO_PERSONS = (
    organisations.ORGANISATIONS - {"guard"}
    | organisations.DOCUMENTS
    | organisations.OUTLETS
    | LISTS["companies"]
)


def source_kind(speaker: str) -> SourceKind:
    """Tell whether a speaker is named, described ("policy advisers") or unnamed ("a source").

    "The" with one more word before an institution counts as a name: "the transport ministry".
    """
    if part := source_forms.PART_OF_GROUP.match(speaker):
        group = part["group"]
        return "described" if group.lower() in pronouns.PRONOUNS else source_kind(group)
    heads = [head_phrase(part) for part in speaker.split(function_words.CONJUNCTION)]
    nouns = {head.split()[-1].lower() for head in heads if head.split()}
    if any(map(_is_proper, heads)):
        return "named"
    is_anonymous = nouns & (people.UNNAMED_HEADS | pronouns.PRONOUNS)
    if is_anonymous or people.UNNAMED_SOURCE.search(speaker):
        return "unnamed"
    return "named" if any(map(_is_institution, heads)) else "described"


def _is_proper(source: str) -> bool:
    last_word = next(reversed(head_phrase(source).split()), None)
    if last_word is None or _is_common(last_word):
        return False
    return source_forms.ARABIC_ARTICLE.sub("", last_word)[0].isupper()


def _is_common(word: str) -> bool:
    return word.lower() in source_forms.COMMON_WORDS and word not in pronouns.PRONOUN_ACRONYMS


def _is_institution(noun: str) -> bool:
    parts = words(noun)
    return (
        len(parts) > 2
        and parts[0] == pronouns.DEFINITE_ARTICLE
        and parts[1] not in LISTS["vague_adjectives"]
        and parts[-1] in organisations.INSTITUTIONS
    )


def is_outlet(source: str) -> bool:
    """Tell whether a source is a paper, agency or broadcaster, by its name or kind."""
    parts = words(head_phrase(source))
    return bool(parts) and (parts[-1] in organisations.OUTLETS or parts[0] in LISTS["broadcasters"])


def is_plural(speaker: str) -> bool:
    """Tell whether a speaker is several people: "Ida Falk and Omar Tallis", "officials"."""
    head = head_phrase(speaker).lower()
    has_plural_noun = head.endswith(source_forms.PLURAL_ENDINGS) and not head.endswith("ess")
    return has_plural_noun or function_words.CONJUNCTION in speaker


def is_one_person(speaker: str, pronoun: str = "") -> bool:
    """Tell whether a description is of one person: "a neighbour", "one of them".

    If a `pronoun` is given, it must be able to refer to that person.
    """
    if source_forms.PART_OF_GROUP.match(speaker):
        return speaker.lower().startswith(source_forms.ONE_OF_PREFIX)
    noun = head_noun(speaker)
    is_another = pronoun and gender(noun) not in (None, gender(pronoun))
    if noun in NO_PERSONS or is_plural(speaker) or is_another:
        return False
    is_guard = source_forms.GUARD_ORGANISATION.search(head_phrase(speaker))
    return not is_guard and bool(
        f"{noun}s" in people.GROUPS | people.UNNAMED_HEADS
        or noun in PERSONS
        or noun.endswith(source_forms.PERSON_NOUN_ENDINGS)
    )


def without_sentence_capital(core: str) -> str:
    """Lower a capital that only starts the sentence: "The advisers", "Her brother"."""
    first, *rest = core.split()
    is_pronoun = first.lower() in pronouns.PRONOUNS and not rest
    if not _is_common(first) or is_pronoun or _is_proper(core):
        return core
    return core[0].lower() + core[1:]


def is_pronoun(phrase: str) -> bool:
    """Tell whether a phrase is a pronoun; "US" is none."""
    return phrase.lower() in pronouns.PRONOUNS and phrase not in pronouns.PRONOUN_ACRONYMS


def is_person(noun: str) -> bool:
    """Tell whether a noun is for one person, including "vice-chancellor" and "mayor-elect"."""
    first, *_, last = noun.split("-") if "-" in noun else (noun, noun)
    return (
        noun in occupations.PERSON_NOUNS
        or last in occupations.PERSON_NOUNS
        or (last in LISTS["title_suffixes"] and first in occupations.PERSON_NOUNS)
    )
