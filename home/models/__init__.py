from .news import NewsAttachment, NewsIndexPage, NewsPage, RelatedDocument
from .placements import NewsOffer, NewsPlacement
from .portal_home import HomePage
from .sections import SectionPage

__all__ = [
    "HomePage",
    "NewsAttachment",
    "NewsIndexPage",
    "NewsOffer",
    "NewsPage",
    "NewsPlacement",
    "RelatedDocument",
    "SectionPage",
]
