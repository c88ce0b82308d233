"""Asks how good and how fast the system is. Not part of the wheel."""
