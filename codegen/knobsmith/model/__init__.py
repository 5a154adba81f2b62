"""What an author wrote, and what it means: frozen records without policy."""
