"""Knows the portal by its host, before any view reads the host name."""

from django.http import HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.shortcuts import render

from core.addresses import root_address

from .enums import HostKind
from .portals import find_portal, provincial_portal


class PortalMiddleware:
    """Sets request.portal and request.agency; an alias leads to the public host, an unknown host to a plain 404."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        hostname, _port = split_domain_port(request._get_raw_host())
        portal = find_portal(hostname.removesuffix(".").lower(), request) if hostname else None
        if portal is None:
            return _unknown_host(request)
        if portal.host.kind == HostKind.ALIAS:
            address = root_address(portal.code, portal.site.hostname, request)
            return HttpResponsePermanentRedirect(address + request.get_full_path())
        request.portal = portal
        request.agency = portal.agency
        # Wagtail asks for the site again and again; CODE.localhost is a host it does not know.
        request._wagtail_site = portal.site
        return self.get_response(request)


def _unknown_host(request):
    province = provincial_portal()
    return render(request, "sites/unknown_host.html", {"province": province}, status=404)
