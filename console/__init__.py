"""Shift Console without a screen: rules, store, services, bundles and the command line."""
