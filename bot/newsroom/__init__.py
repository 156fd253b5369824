"""The use cases. The only room that joins the others."""

from __future__ import annotations

from bot.newsroom.services import Newsroom

__all__ = ["Newsroom"]
