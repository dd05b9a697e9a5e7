from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Rhythm


class FollowForm(forms.Form):
    """An address and how often it wants new matches."""

    email = forms.EmailField(
        label=_("Your mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "field__control", "autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Rhythm,
        initial=Rhythm.DAILY,
        widget=forms.Select(attrs={"class": "field__control"}),
    )


class RhythmForm(forms.Form):
    """Another rhythm for a saved search."""

    rhythm = forms.ChoiceField(choices=Rhythm)
