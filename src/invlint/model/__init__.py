"""Frozen data that every room shares: keys, places, findings, plans, reports. No behaviour beyond itself."""
