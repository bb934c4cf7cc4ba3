"""What this plugin offers to invlint."""
