agent="npm" needs=(npm node) get="Debian: npm"
runs='`npm update`'
refused_exit=1 refused_says='E451'
version() { number_in "$(npm --version)"; }
publish() {
  mkdir -p "$home/package" "$published/files"
  printf '{"name":"gateway-demo","version":"%s.0.0"}\n' "$1" >"$home/package/package.json"
  tar -C "$home" -czf "$published/files/gateway-demo-$1.tgz" package
  node -e '
    const fs = require("fs"), crypto = require("crypto"), [folder, newest] = process.argv.slice(1);
    const versions = {};
    for (let v = 1; v <= Number(newest); v++) {
      const sum = crypto.createHash("sha512").update(fs.readFileSync(`${folder}/files/gateway-demo-${v}.tgz`)).digest("base64");
      versions[`${v}.0.0`] = {name: "gateway-demo", version: `${v}.0.0`,
        dist: {tarball: `http://registry.example/bases/npm/files/gateway-demo-${v}.tgz`, integrity: `sha512-${sum}`}};
    }
    fs.writeFileSync(`${folder}/gateway-demo`,
      JSON.stringify({name: "gateway-demo", "dist-tags": {latest: `${newest}.0.0`}, versions}));' "$published" "$1"
}
update() {
  cd "$state"
  [ -f package.json ] || echo '{"name":"app","version":"1.0.0","dependencies":{"gateway-demo":">=1"}}' >package.json
  npm_config_cache=$home/cache npm_config_userconfig=$home/npmrc npm update --registry "$base/" --replace-registry-host=always \
    --no-audit --no-fund --no-update-notifier --fetch-retries=0
}
has() { grep -q "\"version\":\"$1.0.0\"" "$state/node_modules/gateway-demo/package.json"; }
