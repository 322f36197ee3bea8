"""Order, places, grades and norms: what the scores mean side by side."""
