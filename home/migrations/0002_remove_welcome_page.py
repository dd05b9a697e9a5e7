from django.db import migrations


def remove_welcome_page(apps, schema_editor):
    """Wagtail's first migration leaves a welcome page and a site "localhost"; portals take their place."""
    apps.get_model("wagtailcore", "Site").objects.filter(hostname="localhost", root_page__slug="home").delete()
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    page.objects.filter(depth=1).update(numchild=page.objects.filter(depth=2).count())


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(remove_welcome_page, migrations.RunPython.noop)]
