"""Helpers of the tests: fixtures, and the checks that each test runs under."""
