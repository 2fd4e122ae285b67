"""Exchange by file: what a package is made of (docs/exchange-format.md), and what may be in it."""
