"""From filled ledgers to finished documents: every number knows its cell."""

__all__ = ["__version__"]

__version__ = "0.1.0"
