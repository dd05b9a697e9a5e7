from .files import File
from .pages import BasePage, Metadata
from .pictures import Picture, PictureRendition

__all__ = ["BasePage", "File", "Metadata", "Picture", "PictureRendition"]
