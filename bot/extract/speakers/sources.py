"""Find whom a source means that names or describes somebody: a name, a role, a body.

Each way to find them takes the source's core and its draft, and returns a speaker or None. Which
are tried, and in which order, says resolution.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.extract.spans.drafts import QUOTATION_MARKS, Draft, sentence_at
from bot.extract.speakers.capitalised import split_titles
from bot.extract.speakers.history import History
from bot.extract.speakers.kinds import is_one_person, is_outlet, is_person
from bot.extract.speakers.mentions import is_person_name
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import gender
from bot.extract.speakers.speaker_confidence import Found
from bot.extract.words import head_noun, head_phrase
from bot.languages.table import (
    LISTS,
    capitals,
    function_words,
    given_names,
    organisations,
    pronouns,
    references,
)
from bot.languages.wordlist import is_word


@dataclass(slots=True)
class Sources:
    """Looks up whom the sources of one article mean, each without "and"."""

    text: str
    names: Names
    history: History

    # -- names

    def longer_body(self, core: str, _: Draft) -> Found | None:
        """Find the longer name of a body: "Dyke Water" may be Dyke Water Ltd."""
        article, name = core.partition(" ")[::2]
        name = name if article.lower() == pronouns.DEFINITE_ARTICLE else core
        is_name = name and capitals.CAPITALISED_RUN.fullmatch(name)
        if not is_name or (" " not in name and (name.isupper() or is_word(name.lower()))):
            return None
        if given_names.gender_of(name.split()[0]) or self.names.has_gender(name):
            return None
        return _found(self.names.bodies.longer(name))

    def person(self, core: str, draft: Draft) -> Found | None:
        """Find the person whose name ends a source: "Canal Minister Tallis", "de Vries"."""
        runs = list(capitals.CAPITALISED_RUN.finditer(core))
        if not runs or core[runs[-1].end() :] not in ("", ".") or is_outlet(core):
            return None
        titles, name = split_titles(runs[-1][0])
        if not LISTS["postmodifiers"].isdisjoint(core.split()) and not titles:
            return None  # "Falk of Norton", but not "Minister of Trade Ida Falk"
        *earlier, before = core[: runs[-1].start()].split() or [""]
        is_particle = before in capitals.PARTICLES and not earlier
        # Words that make a surname another person's: “Rick”, "danah", "Ḥasan".
        is_odd = before[-1:] in QUOTATION_MARKS or (
            before.isalpha() and not is_word(before.lower())
        )
        if " " not in name and before and not is_particle and is_odd:
            return None
        self.names.note_source(name)
        person = self.names.person(name, draft.start)
        genders = [title.lower().rstrip(".") for title in titles]
        if not person or not all(self.names.fits(person, one) for one in genders if gender(one)):
            return None
        # "Mr Falk" says more than "Falk" if nothing shows which Falk it is.
        return Found(person if " " in person else core)

    def plain_name(self, core: str, draft: Draft) -> Found | None:
        """Find the name that a role, a party or a place stands beside: "Forecaster Ida Falk"."""
        head = head_phrase(core)
        name = split_titles(head)[1]
        if " " not in head or not name:
            return None
        if " " in name and (known := self.names.person(name, draft.start)):
            return Found(known)
        is_name = capitals.CAPITALISED_RUN.fullmatch(head) and " " in name
        at = self.text.find(name, draft.source[0][0])
        return Found(name) if is_name and is_person_name(self.text, at, name, False) else None

    def labelled_name(self, core: str, _: Draft) -> Found | None:
        """Find the name after what says what it is: "the charity Lock Watch"."""
        parts = core.split(" ")
        first = 2 if parts[0].lower() in LISTS["articles"] else 1
        names = (
            (" ".join(parts[at:]), parts[at - 1].lower())
            for at in range(first, min(first + 3, len(parts)))
        )
        is_name = capitals.CAPITALISED_RUN.fullmatch
        name, label = next((found for found in names if is_name(found[0])), ("", ""))
        bodies = references.BODY_NOUNS | organisations.OUTLETS
        if not name or not (label in bodies or is_person(label)):
            return None
        if label not in bodies:
            self.names.note_person(name)
        return Found(name)

    def short_body(self, core: str, _: Draft) -> Found | None:
        """Find the body that initials or "the" and a noun mean: "the IFS", "the Institute"."""
        article, noun = core.rpartition(" ")[::2]
        if noun.lower() in function_words.NON_NAME_WORDS and noun not in pronouns.PRONOUN_ACRONYMS:
            return None
        if not article:
            return _found(self.names.bodies.with_initials(noun))
        if article.lower() != pronouns.DEFINITE_ARTICLE or is_one_person(core):
            return None
        full = self.names.bodies.with_initials(noun) or self.names.bodies.described(core)
        is_known = full and self.names.is_unambiguous(noun, full)
        return Found(f"{pronouns.DEFINITE_ARTICLE} {full}") if is_known else None

    # -- descriptions

    def author(self, core: str, draft: Draft) -> Found | None:
        """Find who just "said in a statement", if the source is "the statement"."""
        article, _, noun = core.lower().partition(" ")
        if article != pronouns.DEFINITE_ARTICLE or noun not in organisations.DOCUMENTS:
            return None
        latest = next(self.history.between(draft.paragraph.start, draft.start), None)
        if latest is None:
            return None
        sentence = sentence_at(self.text, latest.draft.paragraph, latest.draft.start)
        printed = self.text[slice(*sentence)]
        return Found(latest.speaker) if references.in_document(noun).search(printed) else None

    def role_holder(self, core: str, draft: Draft) -> Found | None:
        """Find the last person introduced in a role: "the spokeswoman"."""
        article, *role = core.lower().split()
        is_role = 0 < len(role) < 3 and is_one_person(core)
        if article != pronouns.DEFINITE_ARTICLE or not is_role:
            return None
        return _found(self.names.person_in_role(" ".join(role), draft.start))

    def longer_description(self, core: str, _: Draft) -> Found | None:
        """Find the earlier description that "the advisers" shortens."""
        return _found(self.history.longer_description(core))

    def described_body(self, core: str, _: Draft) -> Found | None:
        """Find the only body that "the health authority" fits."""
        body = self.names.bodies.described(core)
        return Found(body) if body and self.names.is_unambiguous(head_noun(core), body) else None


def _found(name: str | None) -> Found | None:
    return Found(name) if name else None
