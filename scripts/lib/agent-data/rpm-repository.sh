# A repository of RPM packages without a package, as createrepo_c would make it; sourced by dnf.sh and zypper.sh.
publish() { # version, as the revision of the metadata
  local name sum size
  mkdir -p "$published/repodata"
  printf '<?xml version="1.0"?>\n<metadata xmlns="http://linux.duke.edu/metadata/common" packages="0"/>\n<!-- %s -->\n' "$1" \
    >"$home/primary.xml"
  gzip -9nc "$home/primary.xml" >"$home/primary.xml.gz"
  sum=$(sha256sum "$home/primary.xml.gz" | cut -d ' ' -f 1) size=$(wc -c <"$home/primary.xml.gz")
  name=repodata/$sum-primary.xml.gz
  cp "$home/primary.xml.gz" "$published/$name"
  cat >"$published/repodata/repomd.xml" <<XML
<?xml version="1.0"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo">
  <revision>demo-$1</revision>
  <data type="primary">
    <checksum type="sha256">$sum</checksum>
    <open-checksum type="sha256">$(sha256sum "$home/primary.xml" | cut -d ' ' -f 1)</open-checksum>
    <location href="$name"/>
    <timestamp>$(date +%s)</timestamp>
    <size>$size</size>
    <open-size>$(wc -c <"$home/primary.xml")</open-size>
  </data>
</repomd>
XML
}
has() { grep -rqs "demo-$1" "$state" --include=repomd.xml; }
