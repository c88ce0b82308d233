"""Lets a configured language model draft phrases for procedures that have few; a person reviews."""
