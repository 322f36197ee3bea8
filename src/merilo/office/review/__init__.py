"""Hand-over, right of reply, the public council's minutes and decision."""
