"""The screens of the window, one file each; `roles` says which role sees which."""
