"""Figures: accounts, and the published reference rows they are compared with."""
