"""The trained tagger, and the decoding and calibration of its output."""
