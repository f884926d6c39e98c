agent="wget" needs=(wget) get="Debian: wget"
runs='`wget -O FILE URL`'
refused_exit=8 refused_says='ERROR 451' refused_files=overwritten
note='The file is empty. Write to another file and rename it, or use `-N`'
version() { number_in "$(wget --version)"; }
publish() { echo "bases $1" >"$published/main.cvd"; }
update() { cd "$state" && wget -nv -O main.cvd "$base/main.cvd"; }
has() { grep -q "bases $1" "$state/main.cvd"; }
