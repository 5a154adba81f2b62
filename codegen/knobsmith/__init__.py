"""knobsmith: a hyperparameter is written down once; everything else is generated from there, and proved to agree.

This module stays empty of imports, because ``knobsmith generate`` answers at once when nothing changed.
"""

__version__ = "0.1.0"
