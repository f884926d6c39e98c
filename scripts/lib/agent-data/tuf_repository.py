"""A small TUF repository and a client of it, for scripts/try-agents.

tuf_repository.py publish FOLDER HOME VERSION    writes that version of the repository; keys are kept in HOME
tuf_repository.py update ADDRESS STATE ROOT      updates the metadata and the target in STATE, trusting that first root
"""
import pathlib
import shutil
import sys
from datetime import datetime, timedelta, timezone

if sys.argv[1] == "publish":
    from securesystemslib.signer import CryptoSigner
    from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

    folder, home, version = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4])
    metadata, targets = folder / "metadata", folder / "targets"
    metadata.mkdir(exist_ok=True)
    targets.mkdir(exist_ok=True)
    key = home / "key.pem"
    if key.exists():
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        signer = CryptoSigner(load_pem_private_key(key.read_bytes(), None))
    else:
        signer = CryptoSigner.generate_ed25519()
        key.write_bytes(signer.private_bytes)
    expires = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=3650)

    def write(role, name):
        signed = Metadata(role)
        signed.sign(signer)
        signed.to_file(str(metadata / name))

    if version == 1:
        root = Root(expires=expires, consistent_snapshot=False)
        for role in ("root", "timestamp", "snapshot", "targets"):
            root.add_key(signer.public_key, role)
        write(root, "1.root.json")
    (targets / "main.cvd").write_text(f"bases {version}\n")
    signed = Targets(version=version, expires=expires)
    signed.targets["main.cvd"] = TargetFile.from_file("main.cvd", str(targets / "main.cvd"))
    write(signed, "targets.json")
    snapshot = Snapshot(version=version, expires=expires)
    snapshot.meta["targets.json"].version = version
    write(snapshot, "snapshot.json")
    timestamp = Timestamp(version=version, expires=expires)
    timestamp.snapshot_meta.version = version
    write(timestamp, "timestamp.json")
else:
    from tuf.ngclient import Updater

    address, state = sys.argv[2], pathlib.Path(sys.argv[3])
    (state / "targets").mkdir(exist_ok=True)
    (state / "metadata").mkdir(exist_ok=True)
    root = state / "metadata" / "root.json"
    if not root.exists():
        # A client is shipped with the first root.
        shutil.copy(sys.argv[4], root)
    updater = Updater(str(state / "metadata"), f"{address}/metadata/", str(state / "targets"), f"{address}/targets/")
    updater.refresh()
    info = updater.get_targetinfo("main.cvd")
    if updater.find_cached_target(info) is None:
        updater.download_target(info)
