"""The narrow waist: organisation × quantity → count, base, state. Scoring reads nothing else."""
