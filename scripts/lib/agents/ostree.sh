agent="ostree" needs=(ostree) get="Debian: ostree"
runs='`ostree pull`'
refused_exit=1 refused_says='\<451\>'
version() { number_in "$(ostree --version)"; }
publish() {
  [ -f "$published/config" ] || ostree --repo="$published" init --mode=archive
  rm -rf "$home/tree" && mkdir "$home/tree"
  echo "version $1" >"$home/tree/file"
  ostree --repo="$published" commit --branch=demo --subject="version $1" "$home/tree" >/dev/null
  ostree --repo="$published" summary --update >/dev/null
}
update() {
  if [ ! -f "$state/config" ]; then
    ostree --repo="$state" init --mode=bare-user
    ostree --repo="$state" remote add --no-gpg-verify demo "$base"
  fi
  ostree --repo="$state" pull demo demo
}
has() { [[ $(ostree --repo="$state" cat demo:demo /file) == "version $1" ]]; }
