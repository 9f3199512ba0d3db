"""What every part of the window is built from. Knows neither a case nor a result."""
