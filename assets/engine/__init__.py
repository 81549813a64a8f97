"""Which engine runs the models: DuckDB here, or Spark from the same files."""
