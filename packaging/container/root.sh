#!/bin/sh
# Makes what goes into the image. `root.sh BINARY FOLDER` makes two folders in FOLDER:
# tree     a binary, what it is linked to, certificates, a user: root's, as everything that is not to change
# volume   the place of the volume, which is the user's
set -eu

binary=$1
root=$2/tree
volume=$2/volume

install -D -m 755 "$binary" "$root/usr/bin/clavero"
# The loader and the libraries, at the paths where the binary looks for them. The C library resolves names by itself.
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
  install -D -m 755 "$(readlink -f "$library")" "$root$library"
done
install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -d -m 755 "$root/etc/clavero" "$root/var/lib" "$volume" "$root/proc" "$root/run"
install -d -m 1777 "$root/tmp"
install -d -m 700 "$volume/clavero"
install -m 644 "$(dirname "$0")/clavero.toml" "$root/etc/clavero/clavero.toml"
printf 'clavero:x:65532:65532:Clavero:/var/lib/clavero:/nonexistent\n' > "$root/etc/passwd"
printf 'clavero:x:65532:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
