"""The six services and the chassis they stand on."""
