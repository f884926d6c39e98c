agent="curl" needs=(curl) get="Debian: curl"
runs='`curl -LR -z FILE -o FILE URL`, without `-f`'
refused_exit=0 refused_says='' refused_files=overwritten
note='The refusal is in the file. Use `-f`, or `--fail-with-body` and another file'
version() { number_in "$(curl --version)"; }
publish() { echo "bases $1" >"$published/main.cvd"; }
update() { cd "$state" && curl -sSLR -z main.cvd -o main.cvd "$base/main.cvd"; }
has() { grep -q "bases $1" "$state/main.cvd"; }
