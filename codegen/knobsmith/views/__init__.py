"""Derived facts and per-language names, computed once for all targets."""
