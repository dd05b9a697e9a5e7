from .agencies import Agency, AgencyGroup, FieldOfWork, HostName, PortalSection
from .people import Official, Unit
from .settings import PortalLink, PortalSettings

__all__ = [
    "Agency",
    "AgencyGroup",
    "FieldOfWork",
    "HostName",
    "Official",
    "PortalLink",
    "PortalSection",
    "PortalSettings",
    "Unit",
]
