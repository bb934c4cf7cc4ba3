"""What invlint knows of PCN and HCBD."""
