"""The claims about speed and memory, each measured beside its peers by ``make bench``."""
