"""Says at the end of a run how many checks the crawl has made."""


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    crawls = [dict(report.user_properties) for report in reports if getattr(report, "when", "") == "call"]
    checks = sum(properties.get("checks", 0) for properties in crawls)
    if checks:
        terminalreporter.write_line(f"Isolation: {checks:,} checks of answers and writes.")
