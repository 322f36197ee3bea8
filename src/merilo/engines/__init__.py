"""The columnar tally: responses in, integers out, one plan for every engine."""
