"""From a raw submission to an accepted response: possible answers, conflicts, duplicates."""
