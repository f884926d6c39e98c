agent="apt" needs=(apt-get dpkg-deb) get="Debian: apt"
runs='`apt-get update`, `apt-get download`'
refused_exit=100 refused_says='\<451\>'
version() { number_in "$(apt-get --version)"; }
publish() {
  local package=$home/package
  rm -rf "$package" && mkdir -p "$package/DEBIAN"
  printf '%s\n' "Package: gateway-demo" "Version: $1" "Architecture: all" "Maintainer: nobody <nobody@vendor.example>" \
    "Description: a demonstration" >"$package/DEBIAN/control"
  # A plus sign in the name, as many packages have it.
  local file="gateway-demo_$1+dfsg_all.deb"
  dpkg-deb --build --root-owner-group "$package" "$published/$file" >/dev/null
  { cat "$package/DEBIAN/control"; echo "Filename: ./$file"; echo "Size: $(wc -c <"$published/$file")"
    echo "SHA256: $(sha256sum "$published/$file" | cut -d ' ' -f 1)"; } >"$published/Packages"
  { echo "Date: $(date -Ru)"; echo "SHA256:"
    echo " $(sha256sum "$published/Packages" | cut -d ' ' -f 1) $(wc -c <"$published/Packages") Packages"; } >"$published/Release"
}
update() {
  mkdir -p "$state/lists/partial" "$home"/{cache/archives/partial,log}
  [ -f "$home/status" ] || : >"$home/status"
  echo "deb [trusted=yes] $base ./" >"$home/sources.list"
  local options=(-o "Dir::State=$home" -o "Dir::State::lists=$state/lists" -o "Dir::State::status=$home/status"
    -o "Dir::Cache=$home/cache" -o "Dir::Etc::sourcelist=$home/sources.list" -o "Dir::Etc::sourceparts=-"
    -o "Dir::Etc::parts=-" -o "Dir::Etc::main=-" -o "Dir::Log=$home/log" -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Retries=0 -o Acquire::Languages=none -o Acquire::GzipIndexes=false -o Acquire::http::Proxy=DIRECT -o APT::Update::Error-Mode=any)
  apt-get "${options[@]}" update && cd "$state" && apt-get "${options[@]}" download gateway-demo
}
has() { grep -q "^Version: $1" "$state"/lists/*_Packages && dpkg-deb -I "$state"/gateway-demo_"$1"*.deb >/dev/null; }
