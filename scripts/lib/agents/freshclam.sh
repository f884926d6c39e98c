agent="freshclam" needs=(freshclam) get="Debian: clamav-freshclam"
runs='`freshclam`, a `DatabaseCustomURL`'
refused_exit=11 refused_says='\<451\>'
version() { number_in "$(freshclam --version)"; }
publish() { printf 'Demo.Test.%s:0:*:7570646174652d676174657761792d64656d6f\n' "$1" >"$published/demo.ndb"; }
update() {
  printf '%s\n' "DatabaseDirectory $state" "DatabaseOwner $(id -un)" "DatabaseMirror 127.0.0.1" "MaxAttempts 1" \
    "ScriptedUpdates no" "TestDatabases yes" "DatabaseCustomURL $base/demo.ndb" >"$home/freshclam.conf"
  freshclam --config-file="$home/freshclam.conf" --update-db=custom --stdout --no-warnings
}
has() { grep -q "Demo.Test.$1" "$state/demo.ndb"; }
sums() { (cd "$state" && sha256sum demo.ndb); } # freshclam.dat holds when it last asked
