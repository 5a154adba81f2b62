"""Headers that are the same for all algorithms."""
