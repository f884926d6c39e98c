agent="pip" needs=(python3) get="Debian: python3-venv"
runs='`pip install --upgrade PACKAGE`, which is installed'
refused_exit=0 refused_says=''
note='Says that the installed version satisfies the requirement. `pip download` and a first `pip install` fail'
venv=$home/venv
version() { number_in "$(python3 -m pip --version)"; }
publish() { # a wheel is a zip file with some metadata
  python3 - "$published" "$1" <<'PY'
import pathlib, sys, zipfile
folder, version = pathlib.Path(sys.argv[1]), sys.argv[2] + ".0"
name = f"gateway_demo-{version}"
with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
    wheel.writestr("gateway_demo.py", f"version = {version!r}\n")
    wheel.writestr(f"{name}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: gateway-demo\nVersion: {version}\n")
    wheel.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(f"{name}.dist-info/RECORD", "")
links = "".join(f'<a href="../../{w.name}">{w.name}</a>\n' for w in sorted(folder.glob("*.whl")))
index = folder / "simple" / "gateway-demo"
index.mkdir(parents=True, exist_ok=True)
(index / "index.html").write_text(f"<!DOCTYPE html><html><body>\n{links}</body></html>\n")
PY
}
update() {
  [ -d "$state/venv" ] || python3 -m venv "$state/venv"
  "$state/venv/bin/pip" --isolated --disable-pip-version-check --no-cache-dir --retries 0 install --upgrade --no-deps --no-compile \
    --index-url "$base/simple" gateway-demo
}
has() { grep -q "$1.0" "$state"/venv/lib/python3*/site-packages/gateway_demo.py; }
sums() { (cd "$state" && find . -name 'gateway_demo*' -type f -exec sha256sum {} + | sort); }
