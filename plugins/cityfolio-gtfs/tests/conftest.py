"""What holds for every test of this package."""

from hypothesis import HealthCheck, settings

# Each run tries the same examples, and a busy machine is no reason to fail.
settings.register_profile("patient", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
