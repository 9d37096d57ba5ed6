"""Work on data files and pages done by other machines: a Dask cluster, or whatever has the interface of concurrent.futures.

`connecting` finds a cluster and says what is wrong with it. `cluster` gives tasks away in batches and takes what comes of
them. `parcels` is what travels, `storage` where it lies meanwhile, `remote` the worker's part, and running this package as a
program (`__main__`) the part of the process that a worker starts for a batch. `sameness` is what must be alike on all machines.
"""
