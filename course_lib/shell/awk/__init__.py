"""awk as POSIX has it, with the words of mawk (Debian) and of busybox."""
