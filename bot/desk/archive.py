"""What the desk asks of the archive: which articles print words like these, and which did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.desk.alignment import PrintedText
from bot.desk.draft import Quoted
from bot.desk.people import PrintedArticle
from bot.desk.rows import GoneSource
from bot.desk.words import Word, text_words
from bot.model import ANYONE, ArticleCard, Claim, Coverage
from bot.newsroom import Newsroom
from bot.search.language.query import Query
from bot.speakers.slips import near_speakers, surely_meant
from bot.speakers.spelling import fold_name

MAX_CLAIMS, MAX_ARTICLES = 16, 6
"""How many claims a quotation looks up, and in how many articles it is compared."""
MAX_PHRASE_WORDS = 12
SHORT = 8
MIN_GONE_WORDS = 5
"""Of a source that is not shown, a quotation must have so many words: nobody finds out by guessing
what is under embargo."""
MAX_GONE = 5_000
"""How many hidden versions are looked through, the newest first."""


@dataclass
class Archive:
    """What one viewer may see of the archive, read for one draft."""

    newsroom: Newsroom
    viewer: str = ANYONE
    _articles: dict[str, PrintedArticle] = field(default_factory=dict)

    @property
    def coverage(self) -> Coverage:
        """What is searched."""
        return self.newsroom.store.archive.coverage()

    def find(self, draft: str, quoted: Quoted) -> list[PrintedArticle]:
        """Return the articles that may print a quotation, the likeliest first."""
        index, words = self.newsroom.index, draft[slice(*quoted.span)]
        ids = [id_ for id_, _ in index.find_by_shared_words(words, MAX_CLAIMS, self.viewer)]
        if len(quoted.words) < SHORT:  # what stands around it says which story it is from
            around = f"{words} {draft[slice(*quoted.place)]}"
            ids += [id_ for id_, _ in index.find_by_shared_words(around, MAX_CLAIMS, self.viewer)]
        if quoted.kind == "quotation":
            phrase = " ".join(words.split()[:MAX_PHRASE_WORDS])
            exactly = Query(phrases=(phrase,), exact=True, viewer=self.viewer)
            ids = [id_ for id_, _ in index.find(exactly, MAX_CLAIMS).ids] + ids
        hits = self.newsroom.claims.by_id(ids, self.viewer)
        cards = {hits[id_].claim.article_id: hits[id_].article for id_ in ids if id_ in hits}
        loose = {id_: hits[id_].claim for id_ in ids if id_ in hits and not hits[id_].claim.spans}
        self._read({id_: cards[id_] for id_ in list(cards)[:MAX_ARTICLES]}, loose.values())
        return [self._articles[id_] for id_ in list(cards)[:MAX_ARTICLES]]

    def _read(self, cards: Mapping[str, ArticleCard], imported: Collection[Claim]) -> None:
        """Read the text and the claims of articles that were not read yet.

        An imported claim has no article, so its content is all that is printed.
        """
        new = [id_ for id_ in cards if id_ not in self._articles]
        if not new:
            return
        archive = self.newsroom.store.archive
        texts, claims = archive.texts(new), defaultdict[str, list[Claim]](list)
        for claim in archive.claims_in(*new):
            claims[claim.article_id].append(claim)
        for id_ in new:
            text = PrintedText(*texts.get(id_, ("", ())))
            self._articles[id_] = PrintedArticle(cards[id_], text, claims[id_])

    def canonical_names(self, names: Collection[str]) -> dict[str, str]:
        """Return the speakers' names for printed ones."""
        return self.newsroom.store.names.canonical_names(sorted(names)) if names else {}

    def misspelt(self, names: Sequence[str]) -> dict[str, str]:
        """Return those of a draft's names that differ by a slip from one in the archive, each with
        that."""
        known = self.newsroom.store.names.all()
        folded = {fold_name(name) for name in known}
        found = {}
        for name in dict.fromkeys(names):
            words = fold_name(name)
            if any({*words} <= {*other} for other in folded):
                continue
            near = [one for one in near_speakers(name, known) if not one.left_out]
            if near and (meant := surely_meant(name, near)):
                found[name] = meant
        return found

    def gone(self, quotations: Sequence[Sequence[Word]]) -> list[GoneSource | None]:
        """Return for each of these quotations a source with exactly these words that was corrected,
        withdrawn or is under embargo."""
        found: list[GoneSource | None] = [None] * len(quotations)
        lines = [" ".join(word.key for word in words) for words in quotations]
        wanted = [n for n, words in enumerate(quotations) if len(words) >= MIN_GONE_WORDS]
        if not wanted:
            return found
        for state, text, outlet in self.newsroom.store.history.hidden_texts(MAX_GONE):
            words = {word.key for word in text_words(text)}
            line = ""
            for number in wanted:
                if found[number] or not words.issuperset(lines[number].split()):
                    continue
                line = line or " ".join(word.key for word in text_words(text))
                if f" {lines[number]} " in f" {line} ":
                    found[number] = GoneSource(state, outlet)
        return found
