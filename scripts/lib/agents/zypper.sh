agent="zypper" needs=(zypper) get="Debian: zypper"
runs='`zypper refresh`'
refused_exit=4 refused_says='\<451\>'
. "$(dirname "${BASH_SOURCE[0]}")/../agent-data/rpm-repository.sh"
version() { number_in "$(zypper --version)"; }
update() {
  mkdir -p "$home/repos" "$home/root"
  printf '%s\n' '[demo]' 'name=demo' "baseurl=$base" 'enabled=1' 'gpgcheck=0' 'autorefresh=1' >"$home/repos/demo.repo"
  zypper --non-interactive --no-gpg-checks --root "$home/root" --reposd-dir "$home/repos" --raw-cache-dir "$state" \
    --solv-cache-dir "$home/solv" refresh
}
sums() { (cd "$state" && find . -path '*/repodata/*' -type f -exec sha256sum {} + | sort); }
