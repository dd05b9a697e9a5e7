"""How dates are written in the English of the admin: as in Vietnam, for its fields show them so."""

# Django's English reads 05/10/2017 as the tenth of May, and would turn a date round whenever a form is saved.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
