"""What an assessment is and how it is computed: pure values in, pure values out; no files, no network, no Django."""
