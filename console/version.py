"""The version of the program, written down once for the window and the terminal."""

VERSION = "0.1.0"
