agent="zsync" needs=(zsync zsyncmake) get="Debian: zsync"
runs='`zsync URL`'
refused_exit=3 refused_says='could not read control file'
version() { number_in "$(zsync -V 2>&1)"; }
publish() {
  echo "bases $1" >"$published/main.cvd"
  (cd "$published" && zsyncmake -u main.cvd -o main.cvd.zsync main.cvd 2>/dev/null)
}
update() { cd "$state" && zsync -o main.cvd "$base/main.cvd.zsync"; }
has() { grep -q "bases $1" "$state/main.cvd"; }
