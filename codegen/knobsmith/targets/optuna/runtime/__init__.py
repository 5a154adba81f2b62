"""Modules that are the same in all packages for Optuna."""
