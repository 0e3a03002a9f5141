#!/bin/sh
# Makes the root of the image: a binary, what it is linked to, certificates, a user. `root.sh BINARY FOLDER`
set -eu

binary=$1
root=$2

install -D -m 755 "$binary" "$root/usr/bin/clavero"
# The loader and the libraries, at the paths where the binary looks for them. The C library resolves names by itself.
ldd "$binary" | grep -o '/[^ ]*' | while read -r library; do
  install -D -m 755 "$(readlink -f "$library")" "$root$library"
done
install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
install -d -m 755 "$root/etc/clavero" "$root/var/lib" "$root/proc" "$root/run"
install -d -m 1777 "$root/tmp"
install -d -m 700 "$root/var/lib/clavero"
install -m 644 "$(dirname "$0")/clavero.toml" "$root/etc/clavero/clavero.toml"
printf 'clavero:x:65532:65532:Clavero:/var/lib/clavero:/nonexistent\n' > "$root/etc/passwd"
printf 'clavero:x:65532:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
