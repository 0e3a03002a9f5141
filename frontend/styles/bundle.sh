#!/bin/sh
# Puts the styles into the one file that index.html links, and those of the staff into another one: trunk copies a style sheet as it is and follows no @import.
# Trunk.toml runs this before every build. The order of the layers is fixed in tokens.css; the order here does not matter.
set -eu
cd "$(dirname "$0")"
mkdir -p ../../target/styles
cat tokens.css base.css ui/*.css pages/*.css > ../../target/styles/clavero.css.new
mv ../../target/styles/clavero.css.new ../../target/styles/clavero.css
cat staff/*.css > ../../target/styles/staff.css.new
mv ../../target/styles/staff.css.new ../../target/styles/staff.css
