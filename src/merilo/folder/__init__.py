"""The assessment folder an analyst keeps on disk: read, checked, scored, written."""
