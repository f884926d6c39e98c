agent="python-tuf" needs=(python3) get="PyPI: tuf"
runs='`tuf.ngclient.Updater`'
refused_exit=1 refused_says='\<451\>'
environment=${XDG_CACHE_HOME:-$HOME/.cache}/update-gateway/tuf-6.0.0
install() {
  [ ! -f "$environment/installed" ] || return 0
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check tuf==6.0.0 'securesystemslib[crypto]==1.3.0'
  touch "$environment/installed"
}
version() { echo 6.0.0; }
publish() { "$environment/bin/python" "$(dirname "${BASH_SOURCE[0]}")/../agent-data/tuf_repository.py" publish "$published" "$home" "$1"; }
update() { "$environment/bin/python" "$(dirname "${BASH_SOURCE[0]}")/../agent-data/tuf_repository.py" update "$base" "$state" "$published/metadata/1.root.json"; }
has() { grep -q "bases $1" "$state/targets/main.cvd"; }
