"""Index and store agree after any sequence of filing, removing, crashing and reopening."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.search.engine.embedded import generation
from bot.store.articles.archive import FiledArticle
from tests.soak import examples

ARTICLES = st.integers(0, 4)
WORDS = ("anchor", "bridge", "copper", "dynamo", "ermine", "falcon")


class Died(BaseException):
    """Raised where the process is killed."""


class Agreement(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="claimdesk-agreement-"))
        self.newsroom = self.opened()
        self.newsroom.store.database.migrate()
        self.said: dict[str, list[str]] = {}

    def opened(self) -> Newsroom:
        return Newsroom(config.load({"CLAIMDESK_DATA": str(self.folder)}))

    @rule(number=ARTICLES, words=st.lists(st.sampled_from(WORDS), max_size=3))
    def file(self, number: int, words: list[str]) -> None:
        article = Article(id=f"a{number}", origin="here", text=f"{number}: {' '.join(words)}")
        claims = [
            Claim(id=f"a{number}-{n}-{word}", article_id=article.id, kind="statement", text=word)
            for n, word in enumerate(words)
        ]
        filed = FiledArticle(article=article, claims=claims, is_known=article.id in self.said)
        self.newsroom.store.archive.apply_steps([filed], arrival="single", now=self.newsroom.now)
        self.said[article.id] = words

    @rule(number=ARTICLES)
    def remove(self, number: int) -> None:
        if self.said.pop(f"a{number}", None) is not None:
            self.newsroom.store.archive.remove(
                [f"a{number}"], reason="x", block_reimport=False, removed_at=self.newsroom.now()
            )

    @rule()
    def reindex(self) -> None:
        self.newsroom.updates.reindex()

    @rule(place=st.sampled_from(["record_state", "write_atomically"]), anew=st.booleans())
    def die_while_writing(self, place: str, anew: bool) -> None:
        with patch.object(generation, place, side_effect=Died), contextlib.suppress(Died):
            (self.newsroom.updates.reindex if anew else self.newsroom.updates.catch_up)()
        self.newsroom = self.opened()

    @rule(name=st.sampled_from(["current", "g-*/state.json", "g-*/meta.json"]))
    def tear(self, name: str) -> None:
        self.newsroom.close()
        for path in (self.folder / "index").glob(name):
            path.unlink()
        self.newsroom = self.opened()

    @rule()
    def open_again(self) -> None:
        self.newsroom.close()
        self.newsroom = self.opened()

    @rule()
    def agree(self) -> None:
        self.newsroom.open()
        assert self.newsroom.updates.difference().is_empty
        said = [word for words in self.said.values() for word in words]
        for word in WORDS:
            answer = self.newsroom.search.find(f"={word}", limit=100)
            assert answer.total == len(answer.hits) == said.count(word)
            assert not answer.is_index_behind

    @invariant()
    def nothing_is_found_that_is_not_there(self) -> None:
        there = set(self.said)
        for hit in self.newsroom.search.find(f"={' OR '.join(WORDS)}", limit=100).hits:
            assert hit.claim.article_id in there

    def teardown(self) -> None:
        self.agree()
        self.newsroom.close()
        shutil.rmtree(self.folder)


TestAgreement = Agreement.TestCase
TestAgreement.settings = settings(max_examples=examples(8), stateful_step_count=12)
