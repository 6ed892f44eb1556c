"""What `benchmarks.peers` runs in each peer's own environment: a script a peer, which prints what it took."""
