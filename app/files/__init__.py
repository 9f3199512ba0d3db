"""What is kept on disk of a case: case files, records, determinations as JSON. Without Qt."""
