"""Places: Vietnam's provinces through time, districts and communes, countries, cities abroad."""

from etl.normalize.places.find import find_places_on
from etl.normalize.places.reference import reference_rows
from etl.normalize.places.units import iso_for_period, iso_on, place_on

__all__ = ["find_places_on", "iso_for_period", "iso_on", "place_on", "reference_rows"]
