agent="wget" needs=(wget) get="Debian: wget"
runs='`wget -N URL`'
refused_exit=8 refused_says='ERROR 451'
version() { number_in "$(wget --version)"; }
publish() { echo "bases $1" >"$published/main.cvd"; }
update() { cd "$state" && wget -nv -N "$base/main.cvd"; }
has() { grep -q "bases $1" "$state/main.cvd"; }
