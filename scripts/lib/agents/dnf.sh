agent="dnf" needs=(dnf) get="Debian: dnf"
runs='`dnf --refresh makecache`'
refused_exit=1 refused_says='Status code: 451'
. "$(dirname "${BASH_SOURCE[0]}")/../agent-data/rpm-repository.sh"
version() { number_in "$(dnf --version)"; }
update() {
  printf '%s\n' '[main]' 'gpgcheck=0' 'plugins=0' 'retries=1' "reposdir=$home/none" 'cachedir=/cache' 'persistdir=/persist' \
    'logdir=/log' 'skip_if_unavailable=False' '[demo]' 'name=demo' "baseurl=$base" 'enabled=1' >"$home/dnf.conf"
  dnf --config="$home/dnf.conf" --installroot="$state" --releasever=1 --refresh makecache
}
sums() { (cd "$state" && find . -path '*/repodata/*' -type f -exec sha256sum {} + | sort); }
