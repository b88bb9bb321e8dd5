"""Measure goals."""
