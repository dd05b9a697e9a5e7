"""The yardstick: a news page as Wagtail's own tutorial builds one, with the same content and furniture as ours."""
