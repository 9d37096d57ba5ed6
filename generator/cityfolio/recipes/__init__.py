"""What a city's repository needs to check, preview and publish its catalog: workflows, scripts, and who answers for what."""
