"""Forms of outcomes frameworks. They convert and check shapes; the actions know the rules."""
