"""What must not be published: personal data in columns and texts, groups too small to hide in, secrets in files."""
