"""What every delivery passes first: authorisation, deduplication, tracking until done."""
