"""Modules that are the same in all packages of this kind."""
