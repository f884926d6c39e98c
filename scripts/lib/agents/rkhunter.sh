agent="rkhunter" needs=(rkhunter wget) get="Debian: rkhunter"
runs='`rkhunter --update`'
refused_exit=1 refused_says='Update failed'
version() { number_in "$(rkhunter --version)"; }
publish() {
  local file
  for file in mirrors.dat programs_bad.dat backdoorports.dat suspscan.dat; do
    printf 'Version:202401010%s\n# demo %s\n' "$1" "$1" >"$published/$file"
  done
  mkdir -p "$published/i18n/1.4.6"
  printf 'Version:202401010%s\nen:202401010%s\n' "$1" "$1" >"$published/i18n/1.4.6/i18n.ver"
  { echo "Version:202401010$1"; grep -v '^Version:' /var/lib/rkhunter/db/i18n/en; } >"$published/i18n/1.4.6/en"
}
update() {
  mkdir -p "$state/db/i18n" "$home/tmp"
  if [ ! -f "$home/rkhunter.conf" ]; then
    printf 'Version:2024010100\nlocal=%s\n' "$base" >"$state/db/mirrors.dat"
    for file in programs_bad.dat backdoorports.dat suspscan.dat; do printf 'Version:2024010100\n' >"$state/db/$file"; done
    cp /var/lib/rkhunter/db/i18n/en "$state/db/i18n/en" 2>/dev/null || cp -r /var/lib/rkhunter/db/i18n/. "$state/db/i18n"
    printf '%s\n' 'UPDATE_MIRRORS=0' 'MIRRORS_MODE=1' 'WEB_CMD=""' "DBDIR=$state/db" "TMPDIR=$home/tmp" "LOGFILE=$home/rkhunter.log" \
      'UPDATE_LANG="en"' "SCRIPTDIR=/usr/share/rkhunter/scripts" 'INSTALLDIR=/usr' >"$home/rkhunter.conf"
  fi
  local code=0
  rkhunter --update --configfile "$home/rkhunter.conf" --nocolors || code=$?
  [ "$code" = 2 ] || return "$code" # 2: something was updated
}
has() { grep -q "demo $1" "$state/db/programs_bad.dat"; }
