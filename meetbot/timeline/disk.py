"""Whether a lesson lies on a disk of this machine: SQLite's write-ahead log is for one machine alone."""

import os
from pathlib import Path

# Any other is taken for one that several machines write to: what is lost by that is a little time.
_OF_ONE_MACHINE = {
    "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "tmpfs", "ramfs",
    "overlay", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "apfs", "udf",
}  # fmt: skip
_MOUNTS = Path("/proc/self/mountinfo")


def is_shared(path: Path) -> bool:
    """Whether a file's folder may be another machine's; no where the system tells nothing (not Linux)."""
    if path.absolute().drive.startswith("\\\\"):  # Windows names such a place by its machine
        return True
    try:
        device = path.resolve().parent.stat().st_dev
        mounts = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    number = f"{os.major(device)}:{os.minor(device)}"
    kinds = {line.rpartition(" - ")[2].split(" ")[0] for line in mounts if line.split(" ")[2] == number}
    return bool(kinds - _OF_ONE_MACHINE)
