"""A built site put on a host, so that no visitor meets half of it."""
