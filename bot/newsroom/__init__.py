"""The use cases, as services. The only package that combines the others."""

from __future__ import annotations

from bot.newsroom.services import Newsroom

__all__ = ["Newsroom"]
