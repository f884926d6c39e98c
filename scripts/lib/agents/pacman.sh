agent="pacman" needs=(pacman tar gzip) get="Debian: pacman-package-manager"
runs='`pacman -Sy`'
refused_exit=1 refused_says='\<451\>'
version() { number_in "$(pacman --version)"; }
publish() {
  local folder=$home/db/gateway-demo-$1-1
  rm -rf "$home/db" && mkdir -p "$folder"
  printf '%%NAME%%\ngateway-demo\n\n%%VERSION%%\n%s-1\n\n%%FILENAME%%\ngateway-demo-%s-1-any.pkg.tar.gz\n' "$1" "$1" >"$folder/desc"
  tar -C "$home/db" -czf "$published/demo.db" .
}
update() {
  mkdir -p "$state/local" "$home"/{root,cache,hooks,gnupg}
  printf '%s\n' '[options]' 'Architecture = auto' 'SigLevel = Never' '[demo]' "Server = $base" >"$home/pacman.conf"
  pacman -Sy --noconfirm --noprogressbar --config "$home/pacman.conf" --root "$home/root" --dbpath "$state" \
    --cachedir "$home/cache" --hookdir "$home/hooks" --gpgdir "$home/gnupg" --logfile "$home/log.pacman"
}
has() { [[ $(tar -tzf "$state/sync/demo.db") == *"gateway-demo-$1-1"* ]]; }
