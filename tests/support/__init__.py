"""What several tests need: case files, compiled specs, clients generated in memory."""
