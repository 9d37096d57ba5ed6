"""JKAN: a portal's repository of Markdown files with front matter."""
