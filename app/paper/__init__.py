"""Pages as PDF or for a printer. Uses Qt without widgets, and therefore needs no window."""
