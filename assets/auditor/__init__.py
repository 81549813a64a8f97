"""What the auditor works with beside the file itself: a safe shell, a kit, and other formats."""
