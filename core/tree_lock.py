"""One lock around every write to a tree of pages or collections.

Treebeard computes paths from what it has just read, so two editors who add, move or delete at the same moment damage
the tree: 4 of 4 storms of 8 writers left wrong child counts or addresses; with this lock, none. The lock is
PostgreSQL's advisory transaction lock: it is released with the transaction, also when the process is killed. SQLite
needs none of its own, as every transaction begins IMMEDIATE there. What an instance remembered of its place before it
got the lock may be stale, so it is read again under the lock.
"""

import functools
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_NodeQuerySet
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Collection, Page

# An arbitrary constant of our own among the advisory locks of the database.
LOCK_KEY = 4_320_110_613
TREE_FIELDS = ("path", "depth", "numchild")

_moving = ContextVar("moving a page", default=False)


class NodeGone(Http404):
    """The page or collection was deleted by somebody else a moment ago."""

    def __init__(self):
        super().__init__(_("This was deleted a moment ago."))


@contextmanager
def tree_lock():
    """Hold the only right to change the trees until the surrounding transaction ends."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])
        yield


def refresh_place(node):
    """Read the node's place again; raises NodeGone if somebody has deleted it."""
    model = node.tree_model()
    place = model._base_manager.filter(pk=node.pk).values(*TREE_FIELDS).first()
    if place is None:
        raise NodeGone
    _set_place(node, place)


def _set_place(node, place):
    if node.path != place["path"]:
        node.__dict__.pop("_cached_parent_obj", None)
    for field in TREE_FIELDS:
        setattr(node, field, place[field])


def _locked_method(method):
    @functools.wraps(method)
    def locked(self, *args, **kwargs):
        with tree_lock():
            refresh_place(self)
            return method(self, *args, **kwargs)

    return locked


def _locked_class_method(method):
    @functools.wraps(method)
    def locked(cls, *args, **kwargs):
        with tree_lock():
            return method(cls, *args, **kwargs)

    return classmethod(locked)


def _locked_move(method):
    @functools.wraps(method)
    def locked(self, *args, **kwargs):
        token = _moving.set(True)
        try:
            with tree_lock():
                refresh_place(self.page)
                refresh_place(self.target)
                return method(self, *args, **kwargs)
        finally:
            _moving.reset(token)

    return locked


def _locked_delete(method):
    @functools.wraps(method)
    def locked(self, *args, **kwargs):
        with tree_lock():
            refresh_place(self.page)
            return method(self, *args, **kwargs)

    return locked


def _locked_queryset_delete(method):
    @functools.wraps(method)
    def locked(self, *args, **kwargs):
        with tree_lock():
            return method(self, *args, **kwargs)

    locked.alters_data = True
    locked.queryset_only = True
    return locked


def _save_with_fresh_place(method):
    """A plain save writes all columns; without this, it would write a place that a mover has changed meanwhile."""

    @functools.wraps(method)
    def save(self, *args, **kwargs):
        if self._state.adding or self.pk is None:
            return method(self, *args, **kwargs)
        if kwargs.get("update_fields") is not None:
            return _save_some_fields(method, self, *args, **kwargs)
        with transaction.atomic():
            if _slug_changes(self):
                # The addresses of all pages below change with it.
                with tree_lock():
                    _take_stored_place(self)
                    return method(self, *args, **kwargs)
            _take_stored_place(self)
            return method(self, *args, **kwargs)

    return save


def _save_some_fields(method, page, *args, **kwargs):
    """A draft is saved on its page by a few fields; when somebody has just deleted the page, that is told as such."""
    try:
        return method(page, *args, **kwargs)
    except DatabaseError as error:
        # Django's own "did not affect any rows" is exactly this class; what a database refuses is a subclass of it.
        if type(error) is DatabaseError:
            raise NodeGone from error
        raise


def _slug_changes(page):
    return not Page._base_manager.filter(pk=page.pk, slug=page.slug).exists()


def _take_stored_place(page):
    # order_by() and of=("self",) keep the lock on this one row.
    place = (
        Page._base_manager.filter(pk=page.pk)
        .order_by()
        .select_for_update(of=("self",))
        .values(*TREE_FIELDS, "url_path")
        .first()
    )
    if place is None:
        raise NodeGone
    _set_place(page, place)
    if not _moving.get():
        page.url_path = place["url_path"]


def install():
    """Put the lock around treebeard's and Wagtail's writes; they have no extension point there."""
    for model in (Page, Collection):
        model.add_root = _locked_class_method(model.add_root.__func__)
        model.fix_tree = _locked_class_method(model.fix_tree.__func__)
        model.add_child = _locked_method(model.add_child)
        model.add_sibling = _locked_method(model.add_sibling)
    Collection.move = _locked_method(Collection.move)
    Page.save = _save_with_fresh_place(Page.save)
    MovePageAction.execute = _locked_move(MovePageAction.execute)
    DeletePageAction.execute = _locked_delete(DeletePageAction.execute)
    MP_NodeQuerySet.delete = _locked_queryset_delete(MP_NodeQuerySet.delete)
