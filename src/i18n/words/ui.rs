//! Names of controls, for whoever does not see them.

words! {
    close = "Kapat", "Close";
    more_actions = "Diğer işlemler", "More actions";
    notices = "Bildirimler", "Notices";
    remove_filter = "Filtreyi kaldır", "Remove this filter";
    views = "Görünümler", "Views";
    alphabet = "Harfler", "Letters";
    sort_by: fn(&str) -> String = |column| format!("{column} sütununa göre sırala"), |column| format!("Sort by {column}");
    sections = "Bölümler", "Sections";
    row_of: fn(usize, usize) -> String = |row, of| format!("{row}/{of}"), |row, of| format!("{row} of {of}");
    pick_date = "Tarih seçin", "Pick a date";
    show_password = "Parolayı göster", "Show the password";
    breadcrumb = "Konum", "Where you are";
}
