"""Gives every portal that is open already its approval by a second person; new ones get it when they open."""

from django.db import migrations


def give_workflows(apps, schema_editor):
    Agency = apps.get_model("agency_sites", "Agency")
    AgencyGroup = apps.get_model("agency_sites", "AgencyGroup")
    ApprovalTask = apps.get_model("editorial", "ApprovalTask")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    kind = None
    for agency in Agency.objects.filter(site__isnull=False).select_related("site"):
        root_page = agency.site.root_page_id
        if WorkflowPage.objects.filter(page_id=root_page).exists():
            continue
        kind = kind or ContentType.objects.get_or_create(app_label="editorial", model="approvaltask")[0]
        name = f"Duyệt: {agency.name_vi[:1].upper()}{agency.name_vi[1:]}"
        workflow = Workflow.objects.create(name=name, active=True)
        task = ApprovalTask.objects.create(name=name, active=True, content_type=kind)
        task.groups.set(AgencyGroup.objects.filter(agency=agency, role="approver").values_list("group_id", flat=True))
        WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page_id=root_page)


def take_workflows(apps, schema_editor):
    tasks = list(apps.get_model("editorial", "ApprovalTask").objects.values_list("pk", flat=True))
    apps.get_model("wagtailcore", "Workflow").objects.filter(workflow_tasks__task__in=tasks).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(pk__in=tasks).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("editorial", "0001_approval_withdrawal_review"),
        ("agency_sites", "0003_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(give_workflows, take_workflows),
    ]
