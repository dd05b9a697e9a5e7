from .agencies import Agency, AgencyGroup, FieldOfWork, HostName, PortalSection
from .departures import Departure
from .people import Official, Unit
from .settings import PortalLink, PortalSettings

__all__ = [
    "Agency",
    "AgencyGroup",
    "Departure",
    "FieldOfWork",
    "HostName",
    "Official",
    "PortalLink",
    "PortalSection",
    "PortalSettings",
    "Unit",
]
