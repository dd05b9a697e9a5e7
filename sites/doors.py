"""A verdict for every address of the admin: who may come in, and what objects the address names.

The gate (gate.py) asks here before any view runs, and an address without a verdict is closed to all but operators and
provincial administrators. That holds for addresses that a new version of Wagtail brings, too: Wagtail's own notes list
missing checks of exactly this kind in nearly every release. A test walks all addresses and fails where one has none.

An app adds its own addresses when it starts, in its owners.py:

    open_door("offer_article", Door(names={"pk": "home.NewsPage"}))

Addresses of a viewset need none: they name an object of the viewset's model, whose owner ownership.py knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

PAGE = "wagtailcore.Page"
PICTURE = "core.Picture"
FILE = "core.File"
COLLECTION = "wagtailcore.Collection"
WORKFLOW = "wagtailcore.Workflow"
TASK = "wagtailcore.Task"
REDIRECT = "wagtailredirects.Redirect"

# What a word in an address of the admin names, wherever it stands.
NAMES = {
    "page_id": PAGE,
    "page_pk": PAGE,
    "parent_page_id": PAGE,
    "page_to_move_id": PAGE,
    "destination_id": PAGE,
    "image_id": PICTURE,
    "document_id": FILE,
    "doc_id": FILE,
    "collection_id": COLLECTION,
    "redirect_id": REDIRECT,
    "revision_id": "wagtailcore.Revision",
    "workflow_state_id": "wagtailcore.WorkflowState",
    "task_state_id": "wagtailcore.TaskState",
}
# The same for what is sent with a request, by query or form.
PARAMETERS = {
    "new_parent_page": PAGE,
    "parent_page": PAGE,
    "target_pages[]": PAGE,
    "childOf": PAGE,
    "root_page": PAGE,
    "collection": COLLECTION,
    "collection_id": COLLECTION,
}


class Audience(Enum):
    """Who may come in at all."""

    ANYBODY = "anybody, signed in or not"
    STAFF = "whoever works for an agency; the view asks for the right to act"
    OPERATORS = "operators and provincial administrators"
    NOBODY = "nobody: the house has another door for this, or none"


@dataclass(frozen=True)
class Door:
    """The verdict for one address of the admin."""

    audience: Audience = Audience.STAFF
    # Which model's object each word of the address names, beyond NAMES.
    names: Mapping[str, str] = field(default_factory=dict)
    # The same for parameters of query and form, beyond PARAMETERS; a parameter may come several times. Where another
    # column than the key is sent, it is named behind a colon: "agency_sites.Agency:code".
    parameters: Mapping[str, str] = field(default_factory=dict)
    # Whether auditors, who change nothing, may send forms here: for what is only their own.
    is_harmless: bool = False
    # Whether what is public of other agencies counts as seen: where links are chosen.
    offers_public: bool = False


STAFF = Door()
OPERATORS = Door(Audience.OPERATORS)
NOBODY = Door(Audience.NOBODY)
ANYBODY = Door(Audience.ANYBODY, is_harmless=True)
OWN = Door(is_harmless=True)
CHOOSER = Door(offers_public=True, parameters={"id": PAGE}, is_harmless=True)


def _same(door: Door, *names: str, prefix: str = "") -> dict[str, Door]:
    return {prefix + name: door for name in names}


_DOORS: dict[str, Door] = {
    # ---- before and beside signing in
    **_same(ANYBODY, "javascript_catalog", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"),
    **_same(ANYBODY, "wagtailadmin_login", "wagtailadmin_logout"),
    **_same(ANYBODY, "", "_done", "_confirm", "_complete", prefix="wagtailadmin_password_reset"),
    **_same(OWN, "wagtailadmin_home", "wagtailadmin_account", "own_account", "wagtailadmin_dismissibles"),
    **_same(NOBODY, "wagtailadmin_error_test", "wagtailembeds:chooser", "wagtailembeds:chooser_upload"),
    "wagtailadmin_block_preview": STAFF,
    "wagtailsnippets:index": STAFF,
    # ---- pages
    **_same(STAFF, "explore_root", "explore", "explore_results", prefix="wagtailadmin_"),
    **_same(
        STAFF,
        *("add", "preview_on_add", "choose_parent", "usage", "edit", "preview_on_edit", "view_draft", "add_subpage"),
        *("delete", "unpublish", "convert_alias", "search", "search_results", "move", "move_confirm"),
        *("set_page_position", "copy", "workflow_action", "collect_workflow_action_data"),
        *("confirm_workflow_cancellation", "set_privacy", "lock", "unlock", "revisions_index", "revisions_view"),
        *("revisions_revert", "revisions_unschedule", "workflow_history", "workflow_history_detail"),
        *("history", "history_results", "type_use", "type_use_results"),
        prefix="wagtailadmin_pages:",
    ),
    "wagtailadmin_pages:revisions_compare": Door(names={"pk": PAGE}),
    "wagtailadmin_pages:workflow_preview": Door(names={"task_id": TASK}),
    "wagtail_bulk_action": Door(parameters={"id": "{app_label}.{model_name}", "chooser": PAGE}),
    **_same(CHOOSER, "", "_child", "_search", "_chosen_multiple", prefix="wagtailadmin_choose_page"),
    **_same(OWN, "_external_link", "_email_link", "_phone_link", "_anchor_link", prefix="wagtailadmin_choose_page"),
    **_same(STAFF, "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
    # Not harmless: it would show an auditor to editors as somebody at work on the page.
    **_same(
        Door(names={"object_id": "{app_label}.{model_name}"}), "own_presence", "wagtailadmin_editing_sessions:ping"
    ),
    "wagtailadmin_editing_sessions:release": STAFF,
    # ---- the admin's own interface for lists
    **_same(STAFF, "pages:listing", "images:listing", "documents:listing", prefix="wagtailadmin_api:"),
    "wagtailadmin_api:pages:find": Door(parameters={"id": PAGE}),
    "wagtailadmin_api:images:find": Door(parameters={"id": PICTURE}),
    "wagtailadmin_api:documents:find": Door(parameters={"id": FILE}),
    "wagtailadmin_api:pages:detail": Door(names={"pk": PAGE}),
    "wagtailadmin_api:images:detail": Door(names={"pk": PICTURE}),
    "wagtailadmin_api:documents:detail": Door(names={"pk": FILE}),
    # Copying, moving, publishing without the screens that ask and record.
    "wagtailadmin_api:pages:action": NOBODY,
    # ---- pictures and files
    **_same(
        STAFF,
        *("index", "index_results", "edit", "delete", "preview", "add", "image_usage"),
        *("add_multiple", "edit_multiple", "delete_multiple"),
        prefix="wagtailimages:",
    ),
    **_same(
        STAFF,
        *("index", "index_results", "add", "edit", "delete", "document_usage"),
        *("add_multiple", "edit_multiple", "delete_multiple"),
        prefix="wagtaildocs:",
    ),
    **_same(
        Door(names={"uploaded_file_id": "wagtailcore.UploadedFile"}),
        *("wagtailimages:create_multiple_from_uploaded_image", "wagtailimages:delete_upload_multiple"),
        *("wagtaildocs:create_multiple_from_uploaded_document", "wagtaildocs:delete_upload_multiple"),
    ),
    # Addresses of renditions of any size; the public ones come from pages.
    **_same(NOBODY, "wagtailimages:url_generator", "wagtailimages:url_generator_output"),
    **_same(Door(parameters={"id": PICTURE}), "choose", "choose_results", "create", prefix="wagtailimages_chooser:"),
    **_same(Door(names={"pk": PICTURE}), "chosen", "select_format", prefix="wagtailimages_chooser:"),
    "wagtailimages_chooser:chosen_multiple": Door(parameters={"id": PICTURE}),
    **_same(Door(parameters={"id": FILE}), "choose", "choose_results", "create", prefix="wagtaildocs_chooser:"),
    "wagtaildocs_chooser:chosen": Door(names={"pk": FILE}),
    "wagtaildocs_chooser:chosen_multiple": Door(parameters={"id": FILE}),
    # ---- ours in the place of Wagtail's
    **_same(STAFF, "own_pictures", "own_pictures_results", "own_files", "own_files_results"),
    "own_picture_chooser": Door(parameters={"id": PICTURE}),
    **_same(STAFF, "own_tags", "own_tags_of_model", "own_external_link"),
    **_same(STAFF, "s", "_tasks", "s_results", "_tasks_results", prefix="own_workflow"),
    **_same(STAFF, "locked_pages", "locked_pages_results", "history", "history_results", prefix="own_"),
    **_same(STAFF, "s", "s_results", "_add", "_edit", "_delete", prefix="own_redirect"),
    # ---- redirects, settings, collections
    **_same(STAFF, "index", "index_results", "add", "edit", "delete", prefix="wagtailredirects:"),
    **_same(OPERATORS, "wagtailredirects:start_import", "wagtailredirects:process_import", "own_redirect_import"),
    **_same(Door(names={"pk": "wagtailcore.Site"}), "edit", "preview_on_edit", prefix="wagtailsettings:"),
    **_same(STAFF, "wagtailadmin_collections:index", "wagtailadmin_collections:add"),
    **_same(Door(names={"pk": COLLECTION}), "edit", "delete", prefix="wagtailadmin_collections:"),
    "wagtailadmin_collections:set_privacy": STAFF,
    # ---- ways of approval: made with each portal, changed by operators
    **_same(
        OPERATORS,
        *("index", "index_results", "add", "add_task", "select_task_type", "task_index", "task_index_results"),
        *("task_chooser", "task_chooser_results", "task_chooser_create"),
        prefix="wagtailadmin_workflows:",
    ),
    **_same(
        Door(Audience.OPERATORS, names={"pk": WORKFLOW, "workflow_pk": WORKFLOW}),
        *("enable", "disable", "edit", "usage", "usage_results", "remove"),
        prefix="wagtailadmin_workflows:",
    ),
    **_same(
        Door(Audience.OPERATORS, names={"pk": TASK, "task_id": TASK}),
        *("edit_task", "disable_task", "enable_task", "task_chosen"),
        prefix="wagtailadmin_workflows:",
    ),
    # ---- reports
    **_same(
        STAFF,
        *("locked_pages", "locked_pages_results", "workflow", "workflow_results"),
        *("workflow_tasks", "workflow_tasks_results", "site_history", "site_history_results"),
        *("aging_pages", "aging_pages_results"),
        prefix="wagtailadmin_reports:",
    ),
    **_same(OPERATORS, "page_types_usage", "page_types_usage_results", prefix="wagtailadmin_reports:"),
}

# What a viewset's addresses are called; they name an object of the viewset's model by `pk`.
VIEWSET_DOORS = frozenset(
    ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage", "copy", "inspect")
    + ("choose", "choose_results", "chosen", "chosen_multiple", "create", "revisions_view", "revisions_compare")
    # Of records that are drafts first.
    + ("list", "list_results", "preview_on_add", "preview_on_edit", "revisions_revert", "revisions_unschedule")
    + ("unpublish", "lock", "unlock", "confirm_workflow_cancellation", "workflow_history", "workflow_history_detail")
)
# Viewsets of the whole install.
OPERATORS_VIEWSETS = frozenset({"wagtailsites"})


def open_door(name: str, door: Door) -> None:
    """Give an address of the admin its verdict; the name is as `reverse` takes it."""
    _DOORS[name] = door


def verdict(view_name: str, model=None) -> Door | None:
    """Return the verdict for an address, None if nobody has given one.

    `model` is what the view was made for, where a viewset made it.
    """
    if view_name in _DOORS:
        return _DOORS[view_name]
    namespace, _colon, name = view_name.rpartition(":")
    if namespace in OPERATORS_VIEWSETS:
        return OPERATORS
    if model is not None and name in VIEWSET_DOORS:
        label = model if isinstance(model, str) else model._meta.label
        return Door(names={"pk": label}, parameters={"id": label})
    return None
