agent="go" needs=(go python3) get="Debian: golang-go"
runs='`go get MODULE@latest`'
refused_exit=1 refused_says='\<451\>'
version() { number_in "$(go version)"; }
publish() {
  local folder=$published/vendor.example/demo/@v version=v1.$1.0
  mkdir -p "$folder"
  echo "$version" >>"$folder/list"
  printf '{"Version":"%s","Time":"2024-01-0%sT00:00:00Z"}\n' "$version" "$1" >"$folder/$version.info"
  echo "module vendor.example/demo" >"$folder/$version.mod"
  python3 - "$folder/$version.zip" "vendor.example/demo@$version" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as module:
    module.writestr(f"{sys.argv[2]}/go.mod", "module vendor.example/demo\n")
    module.writestr(f"{sys.argv[2]}/demo.go", "package demo\n")
PY
}
update() {
  cd "$state"
  [ -f go.mod ] || printf 'module app\n\ngo 1.19\n' >go.mod
  env GOPROXY="$base" GONOSUMDB='*' GONOSUMCHECK=1 GOFLAGS=-modcacherw GOSUMDB=off GOTOOLCHAIN=local GOPATH="$home/go" GOCACHE="$home/cache" \
    go get vendor.example/demo@latest
}
has() { grep -q "vendor.example/demo v1.$1.0" "$state/go.mod"; }
