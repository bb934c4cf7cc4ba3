"""What invlint knows of HCB and PeCBz."""
