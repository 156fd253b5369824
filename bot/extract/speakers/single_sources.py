"""Find whom a source of one part means: a name, a role, a description or a body.

The rules, in order: people by title, surname or role, organisations by abbreviation or last word,
descriptions by an earlier, longer one. If no rule is sure, the words stay as printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.extract.spans.drafts import QUOTATION_MARKS, Draft
from bot.extract.speakers.capitalised import name_after_role, split_titles
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import is_one_person, without_sentence_capital
from bot.extract.speakers.mentions import is_person_name, without_party, without_role
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import gender
from bot.extract.speakers.speaker_confidence import Evidence
from bot.extract.words import head_noun, head_phrase
from bot.languages.table import (
    capitals,
    function_words,
    given_names,
    pronouns,
)
from bot.languages.wordlist import is_word
from bot.model import Span

DEFINITE = frozenset((pronouns.DEFINITE_ARTICLE, *pronouns.POSSESSIVES))


@dataclass(slots=True)
class SingleSources:
    """Looks up whom the sources of one article mean, each without "and"."""

    text: str
    names: Names
    history: History
    evidence: Evidence = "name"
    """What the last name that was found rests on."""

    def find(self, core: str, draft: Draft) -> str:
        """Return the name that a source of one part means; its words, if none is known."""
        core = name_after_role(core) or core
        head, is_definite = head_phrase(core), core.partition(" ")[0].lower() in DEFINITE
        rules: tuple[tuple[Evidence, Callable[[], str | None]], ...] = (
            ("name", lambda: self._longer_body(core)),
            ("role" if is_definite else "name", lambda: self._person(core, draft)),
            ("body" if is_definite else "name", lambda: self._organisation(core, draft)),
            ("name", lambda: self.history.longer_description(core)),
            ("body", lambda: self._described_body(core)),
            # "Ida Falk of the canal trust", "Forecaster Ida Falk"
            ("name", lambda: self._plain_name(head, draft) if " " in head else None),
        )
        for evidence, find in rules:
            self.evidence = evidence
            if name := find():
                return name
        self.evidence = "name"
        if self.names.is_common_noun(head, draft.cue_words(self.text)):
            return head.lower() + core[len(head) :]
        return without_sentence_capital(core)

    def _plain_name(self, head: str, draft: Draft) -> str | None:
        """Return the name in a head phrase that a role, a party or a place stands beside."""
        name = without_role(without_party(split_titles(head)[1]))
        if known := self.names.person(name, draft.start):
            return known
        is_name = capitals.CAPITALISED_RUN.fullmatch(head) and " " in name
        at = self.text.find(name, draft.source[0][0])
        return name if is_name and is_person_name(self.text, at, name, has_title=False) else None

    def _person(self, core: str, draft: Draft) -> str | None:
        if full := self.names.with_particle(core):
            return full
        runs = list(capitals.CAPITALISED_RUN.finditer(core))
        is_name = runs and core[runs[-1].end() :] in ("", ".")
        if is_name and not function_words.POSTMODIFIER.search(core):
            titles, name = split_titles(runs[-1][0])
            if " " not in name and _has_unknown_given_name(core[: runs[-1].start()]):
                return core
            self.names.note_source(name)
            if person := self.names.person_with_title(titles, name, draft.start):
                return person
            if self.names.is_ambiguous(name):
                return core
            if (person := self.names.person(name, draft.start)) and self._fits_title(
                person, titles
            ):
                # "Mr Falk" says more than "Falk" if nothing shows which Falk it is.
                return person if " " in person else core
        article, *role = core.lower().split()
        is_role = 0 < len(role) < 3 and is_one_person(core)
        if article == pronouns.DEFINITE_ARTICLE and is_role:
            return self.names.person_in_role(" ".join(role), draft.start)
        return None

    def _fits_title(self, person: str, titles: Sequence[str]) -> bool:
        """Tell whether no title before a name is of the other gender."""
        return all(
            self.names.fits(person, title)
            for title in (title.lower().rstrip(".") for title in titles)
            if gender(title)
        )

    def _organisation(self, core: str, draft: Draft) -> str | None:
        """Return the name of an organisation, given as an acronym or as "the" and a noun."""
        *words_before, name = core.split()
        has_article = [word.lower() for word in words_before] == [pronouns.DEFINITE_ARTICLE]
        is_common = name.lower() in function_words.NON_NAME_WORDS
        if (words_before and not has_article) or (has_article and is_one_person(core)):
            return None
        if is_common and name not in pronouns.PRONOUN_ACRONYMS:
            return None
        if not has_article:
            return self.names.bodies.full(name) if name.isupper() else None
        full = self.names.bodies.full(name)
        if not full or not self.names.is_unambiguous(name, full):
            return None
        return f"{pronouns.DEFINITE_ARTICLE} {full}"

    def _longer_body(self, core: str) -> str | None:
        """Return the longer name of a body: "Dyke Water" may be Dyke Water Ltd."""
        article, _, name = core.partition(" ")
        name = name if article.lower() == pronouns.DEFINITE_ARTICLE else core
        is_name = name and capitals.CAPITALISED_RUN.fullmatch(name)
        if not is_name or (" " not in name and (name.isupper() or is_word(name.lower()))):
            return None
        is_person = given_names.gender_of(name.split()[0]) or self.names.is_like_person(name)
        return None if is_person else self.names.bodies.longer(name)

    def _described_body(self, core: str) -> str | None:
        body = self.names.bodies.described(core)
        is_known = body and self.names.is_unambiguous(head_noun(core), body)
        return body if is_known else None

    def led_to(self, description: Span, draft: Draft) -> str | None:
        """Find the person whom a description before a pronoun means."""
        core = without_sentence_capital(self.text[slice(*description)])
        described = replace(draft, source=(description,))
        return self._person(core, described)


def _has_unknown_given_name(words_before: str) -> bool:
    """Tell whether the words before a surname may name another bearer of it than the one known.

    Those are “Rick” in quotation marks, or no English word: "danah", "Ḥasan".
    """
    *_, last = words_before.split() or [""]
    return bool(last) and (
        last[-1] in QUOTATION_MARKS or (last.isalpha() and not is_word(last.lower()))
    )
