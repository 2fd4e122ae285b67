"""Measures of the goals in docs/performance.md."""
