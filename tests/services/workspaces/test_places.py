"""Where a workspace is not safe, told by names, by what lies in a folder, and by the system's table of mounts."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from outreach.services.workspaces.places import Risk, mounted_as, risk_of, synced_by

_MOUNTS = """sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
/dev/sda2 /home ext4 rw 0 0
nas:/books /home/hanna/nas nfs4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
hanna@host:/ /home/hanna/far fuse.sshfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        (PurePosixPath("/home/hanna/Dropbox/spring"), "Dropbox"),
        (PurePosixPath("/Users/hanna/Dropbox (Finch & Marlow)/spring"), "Dropbox"),
        (PureWindowsPath("C:/Users/Hanna/OneDrive - Finch and Marlow/spring"), "OneDrive"),
        (PurePosixPath("/Users/hanna/Library/Mobile Documents/com~apple~CloudDocs/spring"), "iCloud Drive"),
        (PurePosixPath("/Users/hanna/Library/CloudStorage/GoogleDrive-hanna@finch.example/My Drive"), "Google Drive"),
        (PureWindowsPath("G:/My Drive/spring"), "Google Drive"),
        (PurePosixPath("/home/hanna/Nextcloud/spring"), "Nextcloud"),
        (PurePosixPath("/home/hanna/Documents/spring"), ""),
        (PurePosixPath("/home/hanna/Dropboxes/spring"), ""),
        (PurePosixPath("/home/hanna/Boxes"), ""),
    ],
)
def test_folders_that_are_copied_elsewhere(folder, program: str) -> None:
    assert synced_by(folder) == program


def test_what_lies_in_a_folder_tells_of_it_too(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert synced_by(tmp_path / "a" / "b") == "Syncthing"
    assert risk_of(tmp_path / "a") == Risk("place.synced", "Syncthing")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/hanna/spring", "ext4"), ("/home/hanna/nas/spring", "nfs4"), ("/mnt/my share/spring", "cifs"),
        ("/home/hanna/far", "fuse.sshfs"), ("/home/hanna/nas2", "ext4"), ("/srv", "ext4"),
    ],
)  # fmt: skip
def test_disks_of_other_computers(folder: str, kind: str) -> None:
    assert mounted_as(PurePosixPath(folder), _MOUNTS) == kind


def test_a_folder_of_this_computer_is_safe(tmp_path: Path) -> None:
    assert risk_of(tmp_path / "not there yet") is None
