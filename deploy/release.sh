#!/bin/sh
# Builds a release: the program for each platform, packed with licence and manual, its software bills of materials
# (CycloneDX) and SHA-256 checksums. web/dist must have been built (make web).
#   deploy/release.sh VERSION [OS/ARCH…]        into out/release/VERSION
set -eu
cd "$(dirname "$0")/.."
version=${1:?usage: deploy/release.sh VERSION [OS/ARCH...]}
shift
test $# -gt 0 || set -- linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
test -f web/dist/index.html || { echo "release.sh: the pages are not built: run make web" >&2; exit 1; }
test "$(git describe --tags --exact-match 2>/dev/null || true)" = "$version" ||
	echo "release.sh: this commit has no tag $version, by which the program would know its version" >&2
out=$PWD/out/release/$version
rm -rf "$out"
mkdir -p "$out"
# When the files count as made: the time of the commit, so that packing twice gives the same bytes.
made=$(git log -1 --format=%ct)

for platform in "$@"; do
	os=${platform%/*} arch=${platform#*/} suffix=
	test "$os" != windows || suffix=.exe
	name=parley-$version-$os-$arch
	folder=$out/$name
	mkdir "$folder"
	CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -trimpath -buildvcs=true -ldflags='-s -w' -o "$folder/parley$suffix" ./cmd/parley
	cp -r LICENSE NOTICE README.md docs "$folder"
	test "$os" != linux || cp -r deploy "$folder/deploy"
	find "$folder" -exec touch -h -d "@$made" {} +
	if test "$os" = windows; then
		(cd "$out" && find "$name" -type f | LC_ALL=C sort | TZ=UTC zip -q -X "$name.zip" -@)
	else
		tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$made" -cf - "$name" | gzip -n -9 >"$out/$name.tar.gz"
	fi
	rm -rf "$folder"
	echo "release.sh: $name" >&2
done

# What the program and the pages are made of; for the pages that is all of npm's lock file, tools that build them included,
# since what a bundle holds cannot be told from what made it.
go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0 app -json -licenses -noserial -main cmd/parley -output "$out/parley-$version-go.cdx.json" .
(cd web && npm sbom --sbom-format cyclonedx --package-lock-only) >"$out/parley-$version-pages.cdx.json"

(cd "$out" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | LC_ALL=C sort | xargs sha256sum) >"$out.sums"
mv "$out.sums" "$out/SHA256SUMS"
(cd "$out" && sha256sum --quiet -c SHA256SUMS)
echo "release.sh: $out" >&2
