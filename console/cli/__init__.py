"""The services of the desk from a terminal. `run` is the whole of it to the outside."""

from console.cli.run import run

__all__ = ["run"]
