"""Record deliveries, report and judge deviations."""
