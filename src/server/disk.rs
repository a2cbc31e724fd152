//! The kind of file system a folder is on, and its free space, on Linux. `disk_none.rs` is the twin for other systems.

use std::path::Path;

/// File systems that are shared over a network or served by another program, by their magic number (statfs(2),
/// linux/magic.h). SQLite is not safe on them.
const SHARED: [(u64, &str); 15] = [
    (0x6969, "NFS network"),
    (0x517b, "SMB network"),
    (0xff53_4d42, "CIFS network"),
    (0xfe53_4d42, "SMB2 network"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9P shared"),
    (0x5346_414f, "AFS network"),
    (0x00c3_6400, "Ceph network"),
    (0x7375_7245, "Coda network"),
    (0x564c, "NCP network"),
    (0x7461_636f, "OCFS2 cluster"),
    (0x0116_1970, "GFS2 cluster"),
    (0x0bd0_0bd0, "Lustre network"),
    (0x4750_4653, "GPFS cluster"),
    (0x786f_4256, "VirtualBox shared"),
];

/// The kind of file system, if SQLite is not safe on it.
#[must_use]
pub fn shared(folder: &Path) -> Option<&'static str> {
    let about = rustix::fs::statfs(folder).ok()?;
    // The width and sign of the field differ by processor; the magic numbers have 32 bits.
    kind(u64::try_from(i128::from(about.f_type) & 0xffff_ffff).ok()?)
}

/// How many bytes may still be written there; `None` where the file system does not say.
#[must_use]
pub fn room(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok().filter(|about| about.f_blocks > 0)?;
    about.f_bavail.checked_mul(about.f_frsize)
}

fn kind(number: u64) -> Option<&'static str> {
    SHARED.iter().find(|(known, _)| *known == number).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_local_is_known_by_its_number() {
        assert_eq!(kind(0x6969), Some("NFS network"));
        assert_eq!(kind(0x6573_5546), Some("FUSE"));
        // ext4, XFS, btrfs, tmpfs, overlayfs, ZFS.
        for local in [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630, 0x2fc1_2fc1] {
            assert_eq!(kind(local), None);
        }
        assert!(room(Path::new("/")).is_some() && room(Path::new("/no such folder")).is_none());
        assert_eq!(shared(Path::new("/proc")), None);
        assert_eq!(shared(Path::new("/no such folder")), None);
    }
}
