"""Who signs in. Knows no agency: what somebody may do follows from groups, which sites/ makes."""
