"""Reports in the mail: queued once, sent once, to each role its own product and no more."""
