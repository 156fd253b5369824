"""Which printed names are one person's, and what people ruled about that. Pure."""
