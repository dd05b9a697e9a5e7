def render(t):
    return ""
