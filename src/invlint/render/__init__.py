"""Reports to text. A renderer sees the model alone, so a saved report renders to any format."""
