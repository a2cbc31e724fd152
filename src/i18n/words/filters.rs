//! Words around the conditions of a list. What fields are called is the firm's word.

words! {
    add = "Süz", "Filter";
    title = "Listeyi süz", "Filter the list";
    shown = "Süzgeçler", "Filters";
    field = "Alan", "Field";
    how = "Koşul", "Condition";
    value = "Değer", "Value";
    apply = "Süz", "Filter";
    clear = "Süzgeçleri kaldır", "Clear filters";
    remove: fn(&str) -> String = |said| format!("Süzgeci kaldır: {said}"), |said| format!("Remove filter: {said}");
    no_fields = "Henüz kendi alanınız yok. Ayarlar › Alanlar’dan eklenen alanlara göre süzülür.",
        "There are no fields of your own yet. Lists are filtered by the fields added in Settings › Fields.";
    unknown = "Bilinmeyen bir alan", "A field that is not known";
    unseen = "gizli", "out of sight";
    too_many = "Aynı anda en çok 5 süzgeç olabilir.", "There can be at most 5 filters at once.";
    is: fn(&str, &str) -> String = |name, value| format!("{name}: {value}"), |name, value| format!("{name}: {value}");
    is_not: fn(&str, &str) -> String = |name, value| format!("{name}: {value} değil"),
        |name, value| format!("{name}: not {value}");
    has: fn(&str, &str) -> String = |name, value| format!("{name}: “{value}” geçen"),
        |name, value| format!("{name}: contains “{value}”");
    from: fn(&str, &str) -> String = |name, value| format!("{name} ≥ {value}"),
        |name, value| format!("{name} ≥ {value}");
    until: fn(&str, &str) -> String = |name, value| format!("{name} ≤ {value}"),
        |name, value| format!("{name} ≤ {value}");
    filled: fn(&str) -> String = |name| format!("{name}: dolu"), |name| format!("{name}: filled in");
    empty: fn(&str) -> String = |name| format!("{name}: boş"), |name| format!("{name}: empty");
    how_is = "şu", "is";
    how_is_not = "şu değil", "is not";
    how_has = "içinde geçen", "contains";
    how_from = "en az", "at least";
    how_until = "en çok", "at most";
    how_since = "bu günden", "on or after";
    how_before = "bu güne kadar", "on or before";
    how_filled = "dolu", "is filled in";
    how_empty = "boş", "is empty";
}
