"""Self-check lines of check kinds, one file per kind."""
