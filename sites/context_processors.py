def portal(request):
    """Give every template the portal that answers; absent on an unknown host."""
    return {"portal": getattr(request, "portal", None)}
