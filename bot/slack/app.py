"""stub: async def serve(newsroom, *, with_slack, with_worker)."""
