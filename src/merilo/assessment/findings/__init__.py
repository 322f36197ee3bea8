"""What the evidence says must change: shortcomings with numerator, base and share."""
