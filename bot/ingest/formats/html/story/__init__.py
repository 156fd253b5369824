"""Tells a page's story from what stands around it: boilerplate, boxes, lines to readers."""
