"""What everything that is posted or mailed goes through."""
