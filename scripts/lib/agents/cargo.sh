agent="cargo" needs=(cargo) get="Debian: cargo; 1.70 or later"
runs='`cargo update`, a sparse registry'
refused_exit=101 refused_says='config.json not found in registry'
note='Treats the refusal as a missing registry'
version() { number_in "$(cargo --version)"; }
publish() {
  mkdir -p "$published/ga/te"
  printf '{"dl":"http://registry.example/dl"}\n' >"$published/config.json"
  printf '{"name":"gateway-demo","vers":"%s.0.0","deps":[],"cksum":"%064d","features":{},"yanked":false}\n' "$1" 0 \
    >>"$published/ga/te/gateway-demo"
}
update() {
  mkdir -p "$state/src" "$home/cargo"
  cd "$state"
  : >src/lib.rs
  printf '%s\n' '[package]' 'name = "app"' 'version = "1.0.0"' 'edition = "2021"' '[dependencies]' \
    'gateway-demo = { version = ">=1", registry = "demo" }' >Cargo.toml
  printf '%s\n' '[registries.demo]' "index = \"sparse+$base/\"" '[net]' 'retry = 0' >"$home/cargo/config.toml"
  CARGO_HOME=$home/cargo cargo update
}
has() { grep -q "version = \"$1.0.0\"" "$state/Cargo.lock"; }
