"""Takes Wagtail's right to publish from everybody: approval by a second person stands in its place.

Wagtail's own first migration gives it to a group "Moderators", for the whole tree.
"""

from django.db import migrations

HOLDERS = ("approver", "administrator")


def take_right(apps, schema_editor):
    permissions = apps.get_model("wagtailcore", "GroupPagePermission").objects
    permissions.filter(permission__codename="publish_page").delete()


def give_right_back(apps, schema_editor):
    AgencyGroup = apps.get_model("agency_sites", "AgencyGroup")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    right = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailcore", codename="publish_page"
    ).first()
    held = AgencyGroup.objects.filter(role__in=HOLDERS, agency__site__isnull=False).select_related("agency__site")
    if right is None:
        return
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    moderators = apps.get_model("auth", "Group").objects.filter(name="Moderators").first()
    if root and moderators:
        GroupPagePermission.objects.get_or_create(group=moderators, page=root, permission=right)
    for entry in held:
        GroupPagePermission.objects.get_or_create(
            group_id=entry.group_id, page_id=entry.agency.site.root_page_id, permission=right
        )


class Migration(migrations.Migration):

    dependencies = [
        ("agency_sites", "0004_named_groups_and_departures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(take_right, give_right_back),
    ]
