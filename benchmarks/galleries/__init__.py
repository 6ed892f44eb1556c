"""What `benchmarks.gallery` measures, one file a question."""
