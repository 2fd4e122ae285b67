"""Verbs that need two layers, rules or permission."""
