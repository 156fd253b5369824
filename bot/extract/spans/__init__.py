"""From what was tagged to attributions: repaired, linked, and freed of what nobody said."""
