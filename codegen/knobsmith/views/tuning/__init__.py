"""Search spaces, as every tuner's definition needs them: axes with exact ends, conditions, branches."""
