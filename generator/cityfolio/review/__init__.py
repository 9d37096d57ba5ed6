"""What a pull request changes, for those who decide about it; files as editors and forms write them."""
