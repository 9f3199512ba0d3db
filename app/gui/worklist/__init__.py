"""The worklist window: reads a file of many cases, shows the results and saves them."""
