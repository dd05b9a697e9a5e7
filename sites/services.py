"""Acts on agencies and portals: recording them, opening a portal."""

import json
from collections.abc import Iterable
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)

from core.tree_lock import tree_lock

from .agencies_file import AgencyRecord
from .enums import PROVINCE_WIDE, AgencyKind, HostKind, Role
from .models import Agency, AgencyGroup, FieldOfWork, HostName, PortalSection, PortalSettings, Unit
from .section_tree import Section, section_tree

# Sent with `agency` after a portal was opened or completed; rooms above fill what is theirs.
portal_opened = Signal()

# Nobody holds Wagtail's right to publish: what becomes public is approved by a second person (room editorial).
PAGE_RIGHTS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.APPROVER: ("add_page", "change_page", "lock_page", "unlock_page"),
    Role.ADMINISTRATOR: ("add_page", "change_page", "lock_page", "unlock_page", "bulk_delete_page"),
    # Wagtail shows a draft to whoever may change it. The gate lets an auditor send no form.
    Role.AUDITOR: ("change_page",),
}
PAGE_RIGHTS[Role.PROVINCIAL_ADMINISTRATOR] = PAGE_RIGHTS[Role.ADMINISTRATOR]
COLLECTION_RIGHTS = {
    Role.EDITOR: ("add_image", "choose_image", "add_document", "choose_document"),
    Role.APPROVER: ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"),
}
COLLECTION_RIGHTS[Role.ADMINISTRATOR] = COLLECTION_RIGHTS[Role.APPROVER]
COLLECTION_RIGHTS[Role.PROVINCIAL_ADMINISTRATOR] = COLLECTION_RIGHTS[Role.APPROVER]
COLLECTION_RIGHTS[Role.AUDITOR] = ("choose_image", "choose_document")
COLLECTION_RIGHTS[Role.CONSULTATION_OFFICER] = ("add_document", "choose_document", "choose_image")


# To be raised when opening makes something else than the tables say of which form_of_portal speaks.
_FORM = 1


@transaction.atomic
def record_agencies(records: Iterable[AgencyRecord]) -> list[Agency]:
    """Write the agencies of a file, as new ones or over what is recorded, and return them in the file's order."""
    agencies = []
    province = None
    for position, record in enumerate(records):
        agency = _record_agency(record, province, position)
        if record.kind == AgencyKind.PROVINCE:
            province = agency
        agencies.append(agency)
    return agencies


def _record_agency(record, province, position):
    texts = dict(record.texts)
    texts["head_title_vi"], texts["head_title_en"] = texts.pop("head_vi"), texts.pop("head_en")
    agency, _created = Agency.objects.update_or_create(
        code=record.code,
        defaults={
            "kind": record.kind,
            "name_vi": record.name_vi,
            "organ_id": record.organ_id,
            "parent": province,
            "position": position,
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
            **texts,
        },
    )
    set_hosts(agency, record.host, record.aliases)
    agency.fields_of_work.set([_field_of_work(*names) for names in record.fields_of_work])
    for order, (name_vi, name_en) in enumerate(record.units):
        Unit.objects.get_or_create(agency=agency, name_vi=name_vi, defaults={"name_en": name_en, "position": order})
    return agency


def _field_of_work(name_vi, name_en):
    return FieldOfWork.objects.get_or_create(name_vi=name_vi, defaults={"name_en": name_en})[0]


@transaction.atomic
def set_hosts(agency: Agency, canonical: str, aliases: Iterable[str]) -> None:
    """Let an agency's portal answer at these hosts and at CODE.localhost, and at no other."""
    wanted = {canonical: HostKind.CANONICAL, f"{agency.code}.localhost": HostKind.LOCAL}
    wanted |= {name: HostKind.ALIAS for name in aliases if name not in wanted}
    agency.hosts.exclude(name__in=wanted).delete()
    # The old public host gives up its rank before another takes it: only one may have it.
    agency.hosts.exclude(name=canonical).filter(kind=HostKind.CANONICAL).update(kind=HostKind.ALIAS)
    for name, kind in wanted.items():
        HostName.objects.update_or_create(name=name, agency=agency, defaults={"kind": kind})
    if agency.site_id:
        Site.objects.filter(pk=agency.site_id).update(hostname=canonical)
        Site.clear_site_root_paths_cache()


def open_portal(agency: Agency) -> Agency:
    """Open an agency's portal, or complete one that is open: site, root page, sections, collection, groups, settings.

    Everything happens in one transaction and may be repeated: what is there stays as editors have made it.
    """
    with tree_lock():
        root_page = _open_root_page(agency)
        _open_site(agency, root_page)
        _open_collection(agency)
        for section in section_tree(agency.kind):
            _open_section(agency, root_page, section)
        is_new_library = _open_library(agency)
        agency.portal_form = form_of_portal(agency.kind)
        agency.save(update_fields=["site", "collection", "library", "portal_form"])
        for role in Role.of(agency.kind):
            _open_group(agency, role, root_page)
        _complete_named_groups(agency, root_page)
        if is_new_library:
            _share_with_all(agency.library)
        PortalSettings.objects.get_or_create(site=agency.site)
        _open_settings_to_province(agency)
        portal_opened.send(sender=Agency, agency=agency)
    return agency


def complete_portals() -> list[str]:
    """Complete the open portals that an earlier version opened; return the codes of their agencies."""
    agencies = Agency.objects.with_portal().select_related("site__root_page", "collection")
    outdated = [agency for agency in agencies if agency.portal_form != form_of_portal(agency.kind)]
    for agency in outdated:
        open_portal(agency)
    return [agency.code for agency in outdated]


def form_of_portal(kind: AgencyKind) -> str:
    """Return a digest of what opening makes for a kind of agency: with another one, open portals are completed."""
    rights = [[role, PAGE_RIGHTS.get(role, ()), COLLECTION_RIGHTS.get(role, ())] for role in Role.of(kind)]
    made = [_FORM, rights, [_outline(section) for section in section_tree(kind)]]
    return sha256(json.dumps(made).encode()).hexdigest()


def _outline(section):
    return [section.key, section.page_model, [_outline(child) for child in section.children]]


def _open_root_page(agency):
    if agency.site_id:
        return agency.site.root_page
    home_model = apps.get_model(settings.PORTAL_HOME_PAGE)
    tree_root = Page.objects.get(depth=1)
    existing = home_model.objects.filter(path__startswith=tree_root.path, depth=2, slug=agency.code).first()
    if existing:
        return existing.page_ptr
    home = home_model(title=agency.portal_title, slug=agency.code)
    home.prepare_for(agency)
    return tree_root.add_child(instance=home).page_ptr


def _open_site(agency, root_page):
    agency.site, _created = Site.objects.update_or_create(
        root_page=root_page,
        defaults={
            "hostname": agency.canonical_host or f"{agency.code}.localhost",
            "port": 443,
            "site_name": agency.portal_title,
            "is_default_site": agency.kind == AgencyKind.PROVINCE,
        },
    )


def _open_collection(agency):
    if agency.collection_id is None:
        # Named by the display name, so that an editor knows it in a list; found again by the relation.
        agency.collection = Collection.get_first_root_node().add_child(name=agency.display_name)


def _open_library(agency) -> bool:
    """Make the province's library; say whether it is new."""
    if agency.kind != AgencyKind.PROVINCE or agency.library_id is not None:
        return False
    # Below the province's own collection: whoever adds pictures there adds them here.
    agency.library = agency.collection.add_child(name=_("Library of the province"))
    return True


def _share_with_all(library):
    """Let the groups of agencies opened before choose from it; those opened later get this with their rights."""
    for group in AgencyGroup.objects.select_related("group"):
        _let_choose(group.group, group.role, library)


def _let_choose(group, role, library):
    for codename in COLLECTION_RIGHTS.get(role, ()):
        if codename.startswith("choose_"):
            _give_collection_right(group, library, codename)


def _open_section(agency: Agency, parent: Page, section: Section):
    known = PortalSection.objects.filter(agency=agency, key=section.key).select_related("page").first()
    if known:
        page = known.page
    else:
        page = parent.get_children().filter(slug=section.slug).first() or _add_section(parent, section)
        PortalSection.objects.create(agency=agency, key=section.key, page=page)
    for child in section.children:
        _open_section(agency, page, child)


def _add_section(parent, section):
    model = apps.get_model(section.page_model)
    page = model(title=section.title_vi, slug=section.slug, show_in_menus=section.is_in_menu)
    return parent.add_child(instance=page).page_ptr


def _open_group(agency, role, root_page):
    existing = AgencyGroup.objects.fixed().filter(agency=agency, role=role).select_related("group").first()
    group = existing.group if existing else Group.objects.get_or_create(name=f"{agency.code}: {role.label}")[0]
    if not existing:
        AgencyGroup.objects.create(agency=agency, role=role, group=group)
    give_rights(agency=agency, role=role, group=group, pages=[root_page])


def _complete_named_groups(agency, root_page):
    """Give the further groups that an administrator made what their role needs by now."""
    for entry in AgencyGroup.objects.named().filter(agency=agency).select_related("group"):
        pages = list(entry.sections.all()) if entry.is_limited else [root_page]
        give_rights(agency=agency, role=entry.role, group=entry.group, pages=pages)


def _open_settings_to_province(agency):
    for group in Group.objects.filter(agency_group__role=Role.PROVINCIAL_ADMINISTRATOR):
        _give_settings(group, [agency.site])


def give_rights(*, agency: Agency, role: Role, group: Group, pages: Iterable[Page]) -> None:
    """Give a group what its role needs in Wagtail: rights in these parts of the tree, in collection and site.

    A role that reaches beyond one agency has its rights at the root of all trees, so also in portals opened later.
    """
    collection, sites = agency.collection, [agency.site]
    if role in PROVINCE_WIDE:
        pages, collection, sites = [Page.get_first_root_node()], Collection.get_first_root_node(), Site.objects.all()
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    _give_page_rights(group, list(pages), PAGE_RIGHTS.get(role, ()))
    for codename in COLLECTION_RIGHTS.get(role, ()):
        _give_collection_right(group, collection, codename)
    for library in Collection.objects.filter(pk__in=Agency.objects.values("library")):
        _let_choose(group, role, library)
    if role in (Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR):
        _give_settings(group, sites)


def _give_settings(group, sites):
    right = _permission("agency_sites", "change_portalsettings")
    for site in sites:
        GroupSitePermission.objects.get_or_create(group=group, site=site, permission=right)


def _give_collection_right(group, collection, codename):
    app = "wagtailimages" if codename.endswith("image") else "wagtaildocs"
    GroupCollectionPermission.objects.get_or_create(
        group=group, collection=collection, permission=_permission(app, codename)
    )


def _give_page_rights(group, pages, codenames):
    """Let a group's rights to pages be exactly these: one that was given by hand goes when the portal is completed."""
    for page in pages:
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=group, page=page, permission=_permission("wagtailcore", codename)
            )
    in_table = GroupPagePermission.objects.filter(page__in=pages, permission__codename__in=codenames)
    GroupPagePermission.objects.filter(group=group).exclude(pk__in=in_table.values("pk")).delete()


def _permission(app_label, codename):
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
