"""Work on cases without Qt, shared by window and command line: entries, drafts, outcomes."""
