"""Finished documents that people worked on: their figures found again, held against data, moved, traced, sealed."""
