"""What may be shown of the archive, for other programs."""
