"""What documents on a cluster hold beside the fields of the embedded index."""

from __future__ import annotations

from bot.model import ClaimEntry, Headline
from bot.search.engine.cluster import documents


def test_documents_have_the_workspace_of_their_article() -> None:
    claim = ClaimEntry("c1", "a1", "The port stays shut", workspace="T1")
    article = Headline("a1", "Port shut", workspace="T1")
    made = documents.claim_document(claim, 1), documents.article_document(article)
    assert [document["workspace"] for document in made] == ["T1", "T1"]
    for mapping in (documents.claims_mapping(), documents.articles_mapping()):
        assert mapping["properties"]["workspace"]["type"] == "keyword"
