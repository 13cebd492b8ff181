"""Actors: organisations, persons, delegations and groups, linked to the reference table where known."""

from etl.normalize.actors.find import find_actors_on
from etl.normalize.actors.reference import reference_rows

__all__ = ["find_actors_on", "reference_rows"]
