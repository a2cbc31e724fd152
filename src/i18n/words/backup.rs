//! Backups, as the firm's owner reads of them on the settings page.

use super::n;
use crate::i18n::Locale;

words! {
    title = "Yedekler", "Backups";
    about = "Kartotek her gece bütün verinin yedeğini alır ve geri yüklenebildiğini dener.",
        "Every night Kartotek backs up all the data and tries out that it can be restored.";
    last = "Son sağlam yedek", "Last good backup";
    none = "Henüz yok", "None yet";
    holds = "İçinde", "It holds";
    records: fn(i64) -> String = |rows| format!("{} satır", n(rows, Locale::Tr)),
        |rows| format!("{} rows", n(rows, Locale::En));
    size: fn(i64) -> String = |bytes| weight(bytes, Locale::Tr), |bytes| weight(bytes, Locale::En);
    file = "Dosya", "File";
    tried = "Geri yüklenerek denendi", "Tried out by restoring it";
    waiting = "İlk yedek birazdan alınacak.", "The first backup will be made soon.";
    old = "İki günden yeni sağlam bir yedek yok. Sunucunun her gün açık olduğunu ve yedek klasöründe yer kaldığını \
         denetleyin; PostgreSQL’de klasör --backups ile verilir.",
        "There is no good backup from the last two days. See that the server runs every day and that its backup folder \
         has room; with PostgreSQL the folder is named by --backups.";
    failed = "Son yedek alınamadı ya da geri yüklenemedi. Nedeni sunucunun günlüğünde; diskte yer olup olmadığına \
         bakın. Bir saat içinde yeniden denenecek.",
        "The last backup failed or could not be restored. The reason is in the server’s log; see whether the disk is \
         full. It is tried again within an hour.";
    missing = "Son yedeğin dosyası yerinde değil ya da yazıldığı gibi değil. Taşındıysa geri koyun; \
         yoksa yeni bir yedek alın: kartotek backup DOSYA.",
        "The file of the last backup is not there any more, or not as it was written. If it was moved, put it back; \
         else make a new one: kartotek backup FILE.";
    ahead: fn(u32) -> String = |count| format!(
        "{} yedeğin tarihi gelecekte: sunucunun saati doğru mu? Bu yedekler sayılmaz ve silinmez.",
        n(i64::from(count), Locale::Tr)
    ),
        |count| match count {
            1 => "1 backup is dated in the future: is the server’s clock right? It does not count and is not \
                 deleted.".to_owned(),
            count => format!(
                "{} backups are dated in the future: is the server’s clock right? They do not count and are not \
                 deleted.",
                n(i64::from(count), Locale::En)
            ),
        };
    copy = "Yedeğin bir kopyasını başka bir yerde de tutun: aynı disk bozulursa ikisi birden gider.",
        "Keep a copy somewhere else, too: a broken disk would take both.";
}

/// Bytes in the unit that suits them.
fn weight(bytes: i64, locale: Locale) -> String {
    let tenths = |unit: i64| {
        let tenths = bytes.saturating_mul(10) / unit;
        let point = if locale == Locale::Tr { ',' } else { '.' };
        format!("{}{point}{}", n(tenths / 10, locale), tenths % 10)
    };
    match bytes {
        ..1_000_000 => format!("{} KB", n(bytes / 1_000, locale)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}
