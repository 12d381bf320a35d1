"""The only modal dialogs: confirmation of what cannot be undone, and printing."""
