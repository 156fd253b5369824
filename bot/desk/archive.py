"""What the desk asks of the archive: which articles print words like these, and which did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from bot.desk.alignment import PrintedText
from bot.desk.draft import Quoted
from bot.desk.rows import GoneSource
from bot.desk.speakers import PrintedArticle
from bot.desk.words import Word, text_words
from bot.model import ANYONE, ArticleCard, Claim, Coverage, Spans
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
        text = draft[slice(*quoted.span)]
        parts = [text]
        if len(quoted.words) < SHORT:  # what stands around it says which story it is from
            parts.append(f"{text} {draft[slice(*quoted.place)]}")
        elif quoted.kind == "quotation":  # two may have been joined
            middle = quoted.words[len(quoted.words) // 2].start
            parts += [draft[quoted.span[0] : middle], draft[middle : quoted.span[1]]]
        found = [self._shared_words(part) for part in parts]
        if quoted.kind == "quotation":
            found.append(self._phrase(" ".join(text.split()[:MAX_PHRASE_WORDS])))
        # In turn, so that each part is looked up.
        ids = [id_ for ids in zip_longest(*found) for id_ in ids if id_]
        hits = self.newsroom.claims.by_id(ids, self.viewer)
        best = dict.fromkeys(hits[id_].claim.article_id for id_ in ids if id_ in hits)
        cards = {hit.claim.article_id: hit.article for hit in hits.values()}
        chosen = list(best)[:MAX_ARTICLES]
        self._read({id_: cards[id_] for id_ in chosen})
        return [self._articles[id_] for id_ in chosen]

    def _shared_words(self, text: str) -> list[str]:
        found = self.newsroom.index.find_by_shared_words(text, MAX_CLAIMS, self.viewer)
        return [id_ for id_, _ in found]

    def _phrase(self, text: str) -> list[str]:
        query = Query(phrases=(text,), exact=True, viewer=self.viewer)
        return [id_ for id_, _ in self.newsroom.index.find(query, MAX_CLAIMS).ids]

    def _read(self, cards: Mapping[str, ArticleCard]) -> None:
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
            text, paragraphs = texts.get(id_, ("", ()))
            if not text:
                text, paragraphs, claims[id_] = _imported(claims[id_])
            self._articles[id_] = PrintedArticle(
                cards[id_], PrintedText(text, paragraphs), claims[id_]
            )

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


def _imported(claims: Sequence[Claim]) -> tuple[str, Spans, list[Claim]]:
    """Return the contents of imported claims as a text, whose article is not stored, with its
    paragraphs and the claims with their places there."""
    text, paragraphs, placed = "", [], []
    for claim in claims:
        span = len(text), len(text) + len(claim.text)
        text += f"{claim.text}\n"
        paragraphs.append(span)
        placed.append(replace(claim, spans=(span,)))
    return text, tuple(paragraphs), placed
