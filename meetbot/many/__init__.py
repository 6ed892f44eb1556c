"""Many recordings by many workers: Dask hands out the work, on this machine or on others."""
