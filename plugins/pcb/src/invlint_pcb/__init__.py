"""What invlint knows of dioxin-like and total PCB."""
