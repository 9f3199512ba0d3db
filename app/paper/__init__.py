"""Pages as PDF or for a printer: Qt without widgets, so also where there is no window."""
