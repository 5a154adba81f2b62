"""Back ends: each a pure function from the catalog to files."""
