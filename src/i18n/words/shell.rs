//! The frame around every page.

words! {
    app = "Kartotek", "Kartotek";
    skip = "İçeriğe geç", "Skip to the content";
    navigation = "Ana gezinme", "Main navigation";
    search = "Ara, komut yaz", "Search or do";
    home = "Başlangıç", "Home";
    today = "Bugün", "Today";
    customers = "Müşteriler", "Customers";
    deals = "Satışlar", "Deals";
    tasks = "Görevler", "Tasks";
    menu = "Menü", "Menu";
    settings = "Ayarlar", "Settings";
    more = "Daha", "More";
    me = "Hesabım", "My account";
    sign_out = "Çıkış yap", "Sign out";
    offline = "Bağlantı yok. Gördükleriniz son bilinen hâlidir; değişiklikler kaydedilmez.",
        "No connection. You see the last known state; changes are not saved.";
    not_loaded = "Sayfanın bu bölümü yüklenemedi.", "This part of the page could not be loaded.";
    not_awake = "Sayfanın etkileşimli bölümü yüklenemedi. Okuyabilir, formları kullanabilirsiniz.",
        "The interactive part of the page did not load. You can read, and forms work.";
    new_version = "Kartotek’in yeni sürümü var.", "There is a newer version of Kartotek.";
    reload = "Yenile", "Reload";
    /// The title of the browser's window: page, then app.
    title: fn(&str) -> String = |page| format!("{page} · Kartotek"), |page| format!("{page} · Kartotek");
}
