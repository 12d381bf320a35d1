"""What users can do: one function, one transaction, frozen values out."""
