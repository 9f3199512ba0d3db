"""The determination computed a second time, by other means, and compared with the program."""
