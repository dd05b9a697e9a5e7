from editorial.ownership import agency_of


class ApprovedByAgency:
    """Mixin of a record, before Wagtail's: it goes the one way of approval that its agency has."""

    def get_workflow(self):
        agency = agency_of(self) if self.pk else None
        return agency.site.root_page.get_workflow() if agency else None
