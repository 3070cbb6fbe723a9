"""The rules: each looks at a reading and yields what it finds."""
