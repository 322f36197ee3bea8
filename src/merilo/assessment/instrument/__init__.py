"""How it is asked or looked at: questionnaires, checklists, and which answer counts towards which quantity."""
