def render(t): return ""
