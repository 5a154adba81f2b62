"""The modules that are the same in every generated package; they are copied as they stand here."""
