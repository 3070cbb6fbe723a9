"""Further styles, by a citation processor; their files are shipped beside this one."""
