"""What people type in, checked for shape; whether it may happen is for the deeds."""
