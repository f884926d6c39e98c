agent="curl" needs=(curl) get="Debian: curl"
runs='`curl -fLR -z FILE -o FILE URL`'
refused_exit=22 refused_says='returned error: 451'
version() { number_in "$(curl --version)"; }
publish() { echo "bases $1" >"$published/main.cvd"; }
update() { cd "$state" && curl -fsSLR -z main.cvd -o main.cvd "$base/main.cvd"; }
has() { grep -q "bases $1" "$state/main.cvd"; }
