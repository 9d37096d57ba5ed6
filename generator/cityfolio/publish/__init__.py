"""The last stages: a site is written aside, verified as it was written, and only then put in the place of the former one."""
