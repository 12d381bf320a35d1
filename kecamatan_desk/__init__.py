"""Kecamatan Desk: the service counter of an Indonesian sub-district office, offline."""

__version__ = "0.1.0"
