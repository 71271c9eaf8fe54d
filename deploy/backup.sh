#!/bin/sh
# Copies every archive (*.parley) and desk (*.desk) of a folder, while they are in use, into another folder under the
# day's name, verifies each copy, and deletes copies older than some days once the new ones are there.
#   backup.sh FOLDER BACKUPS [DAYS]        DAYS is 30 where it is not given; PARLEY is the program where it is not parley
set -eu
folder=$1 backups=$2 days=${3:-30} today=$(date -u +%Y-%m-%d)
for file in "$folder"/*.parley "$folder"/*.desk; do
	test -f "$file" || continue
	copy=$backups/$today-$(basename "$file")
	test -e "$copy" || "${PARLEY:-parley}" backup "$file" "$copy"
done
find "$backups" -maxdepth 1 -type f \( -name '????-??-??-*.parley' -o -name '????-??-??-*.desk' \) -mtime "+$days" -delete
