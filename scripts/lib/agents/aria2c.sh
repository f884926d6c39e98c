agent="aria2c" needs=(aria2c) get="Debian: aria2"
runs='`aria2c --conditional-get --allow-overwrite URL`'
refused_exit=22 refused_says='status=451'
version() { number_in "$(aria2c --version)"; }
publish() { echo "bases $1" >"$published/main.cvd"; }
update() {
  aria2c --no-conf --dir="$state" --conditional-get=true --allow-overwrite=true --auto-file-renaming=false \
    --max-tries=1 "$base/main.cvd"
}
has() { grep -q "bases $1" "$state/main.cvd"; }
