"""What invlint knows of the congeners of dioxins and furans and the schemes of their TEQ."""
