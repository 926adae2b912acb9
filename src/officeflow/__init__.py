"""From filled ledgers to finished documents: every number knows its cell."""

__version__ = "0.1.0"
