"""Proofs over all configurations of an algorithm: the same facts as formulas, decided by an SMT solver.

``proving`` is the door. This module stays empty of imports, because the solver is large and most runs prove nothing;
``laws`` needs none of it.
"""
