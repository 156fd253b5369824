"""Names of languages."""

from __future__ import annotations

from bot.words import catalogue, say


def language_name(code: str | None) -> str:
    """Return the name of a language by its code ("pt-BR"), or the code itself."""
    if not code:
        return say("articles.language_not_known")
    key = f"languages.{code.partition('-')[0].lower()}"
    return say(key) if key in catalogue() else say("articles.language_by_code", code=code)
