from django.utils.functional import cached_property

from editorial.ownership import agency_of


class ApprovedByAgency:
    """Mixin of a record, before Wagtail's: it goes the one way of approval that its agency has."""

    def get_workflow(self):
        return self._workflow_of_agency if self.pk else None

    @cached_property
    def _workflow_of_agency(self):
        # Wagtail asks on every screen several times.
        agency = agency_of(self)
        return agency.site.root_page.get_workflow() if agency else None
