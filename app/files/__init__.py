"""The formats of files about a case: case files, records, determinations as JSON. Without Qt."""
