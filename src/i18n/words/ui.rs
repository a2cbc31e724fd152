//! Names of controls, for whoever does not see them.

words! {
    close = "Kapat", "Close";
    more_actions = "Diğer işlemler", "More actions";
    notices = "Bildirimler", "Notices";
    remove_filter = "Filtreyi kaldır", "Remove this filter";
    views = "Görünümler", "Views";
    sections = "Bölümler", "Sections";
    breadcrumb = "Konum", "Where you are";
    typed_back = "Kaydetmediğiniz değişiklikler geri geldi.", "Your unsaved changes are back.";
    throw_away = "Değişiklikleri sil", "Discard";
    print_cut = "Yalnızca ilk {n} satır yazdırıldı; {m} satır daha var.",
        "Only the first {n} rows are printed; there are {m} more.";
    pick_date = "Tarih seçin", "Pick a date";
}
