#!/bin/sh
# Builds an image from a program that is built here, where no base image can be fetched. web/dist must have been built
# (make web). It takes docker, podman or buildah, whichever is there.
#   deploy/image.sh [NAME]        NAME is parley where it is not given; PROGRAM is a static program that is built already
set -eu
cd "$(dirname "$0")/.."
name=${1:-parley}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/data"
if test -n "${PROGRAM:-}"; then
	cp "$PROGRAM" "$folder/parley"
else
	test -f web/dist/index.html || { echo "image.sh: the pages are not built: run make web" >&2; exit 1; }
	CGO_ENABLED=0 GOOS=linux go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$folder/parley" ./cmd/parley
fi
cp LICENSE NOTICE "$folder"
cp /etc/ssl/certs/ca-certificates.crt "$folder"
for tool in docker podman buildah; do
	if command -v "$tool" >/dev/null && "$tool" info >/dev/null 2>&1; then
		"$tool" build -f deploy/Dockerfile.binary -t "$name" "$folder"
		exit
	fi
done
echo "image.sh: neither docker, podman nor buildah can be used here" >&2
exit 1
