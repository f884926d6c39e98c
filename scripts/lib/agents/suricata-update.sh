agent="suricata-update" needs=(suricata-update tar) get="Debian: suricata-update"
runs='`suricata-update --url URL`'
refused_exit=0 refused_says='HTTP Error 451'
note='Continues with its old rules'
version() { number_in "$(suricata-update --version 2>&1)"; }
publish() {
  mkdir -p "$home/rules"
  printf 'alert tcp any any -> any any (msg:"demo %s"; sid:1000001; rev:%s;)\n' "$1" "$1" >"$home/rules/demo.rules"
  tar -C "$home" -czf "$published/demo.rules.tar.gz" rules
}
update() {
  suricata-update --data-dir "$home" --output "$state" --no-test --no-reload --suricata-version 7.0.0 --no-merge --force \
    --url "$base/demo.rules.tar.gz"
}
has() { grep -rq "demo $1" "$state"; }
