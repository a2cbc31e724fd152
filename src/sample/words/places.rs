//! Where sample customers are, and the area codes of their telephones. Data.

/// A city: its name, weight, area code and districts.
pub const CITIES: &[(&str, u32, &str, &[&str])] = &[
    ("İstanbul", 28, "0212", &["Şişli", "Bağcılar", "Başakşehir", "Beyoğlu", "Fatih", "Bakırköy"]),
    ("İstanbul", 18, "0216", &["Kadıköy", "Ümraniye", "Üsküdar", "Pendik", "Ataşehir", "Tuzla"]),
    ("Ankara", 16, "0312", &["Çankaya", "Ostim", "Keçiören", "Yenimahalle", "Sincan"]),
    ("İzmir", 16, "0232", &["Bornova", "Konak", "Karşıyaka", "Çiğli", "Gaziemir", "Torbalı"]),
    ("Bursa", 10, "0224", &["Nilüfer", "Osmangazi", "İnegöl", "Gemlik"]),
    ("Antalya", 8, "0242", &["Muratpaşa", "Kepez", "Alanya", "Manavgat"]),
    ("Konya", 6, "0332", &["Selçuklu", "Karatay", "Ereğli"]),
    ("Adana", 5, "0322", &["Seyhan", "Çukurova", "Ceyhan"]),
    ("Gaziantep", 5, "0342", &["Şahinbey", "Şehitkamil"]),
    ("Kocaeli", 5, "0262", &["Gebze", "İzmit", "Körfez"]),
    ("Mersin", 4, "0324", &["Akdeniz", "Tarsus", "Erdemli"]),
    ("Kayseri", 4, "0352", &["Melikgazi", "Kocasinan"]),
    ("Eskişehir", 4, "0222", &["Odunpazarı", "Tepebaşı"]),
    ("Denizli", 4, "0258", &["Pamukkale", "Merkezefendi"]),
    ("Manisa", 3, "0236", &["Yunusemre", "Akhisar", "Turgutlu"]),
    ("Aydın", 3, "0256", &["Efeler", "Nazilli", "Söke"]),
    ("Muğla", 3, "0252", &["Bodrum", "Fethiye", "Milas"]),
    ("Samsun", 3, "0362", &["İlkadım", "Atakum", "Bafra"]),
    ("Trabzon", 3, "0462", &["Ortahisar", "Akçaabat"]),
    ("Tekirdağ", 3, "0282", &["Çorlu", "Süleymanpaşa"]),
    ("Balıkesir", 3, "0266", &["Karesi", "Bandırma", "Edremit"]),
    ("Isparta", 2, "0246", &["Merkez", "Yalvaç"]),
    ("Çanakkale", 2, "0286", &["Merkez", "Biga"]),
    ("Çankırı", 1, "0376", &["Merkez", "Ilgaz"]),
    ("Karabük", 1, "0370", &["Merkez", "Safranbolu"]),
    ("Diyarbakır", 2, "0412", &["Bağlar", "Kayapınar"]),
    ("Şanlıurfa", 2, "0414", &["Haliliye", "Karaköprü"]),
    ("Erzurum", 2, "0442", &["Yakutiye", "Palandöken"]),
    ("Van", 1, "0432", &["İpekyolu", "Edremit"]),
];

pub const STREETS: &[&str] = &[
    "Atatürk Cad.",
    "Cumhuriyet Cad.",
    "İstiklal Cad.",
    "Sanayi Cad.",
    "Barbaros Sok.",
    "Çınar Sok.",
    "Menekşe Sok.",
    "Lale Sok.",
    "Organize Sanayi 3. Cad.",
    "Organize Sanayi 12. Cad.",
    "Şehitler Cad.",
    "Gül Sok.",
    "İnönü Bul.",
    "Ziya Gökalp Cad.",
    "Ihlamur Sok.",
];

pub const MOBILE_CODES: &[&str] =
    &["0505", "0506", "0530", "0532", "0533", "0535", "0536", "0541", "0542", "0544", "0552", "0555"];
