//! The palette.

words! {
    open = "Ara veya komut yaz", "Search or do";
    label = "Ara veya komut yaz", "Search or type a command";
    example = "Müşteri, satış, görev ya da komut…", "Customer, deal, task or command…";
    results = "Bulunanlar", "Results";
    customers = "Müşteriler", "Customers";
    contacts = "Kişiler", "Contacts";
    deals = "Satışlar", "Deals";
    records = "Kayıtlar", "Records";
    tasks = "Görevler", "Tasks";
    commands = "Sayfalar ve komutlar", "Pages and commands";
    invite = "Çalışan davet et", "Invite a colleague";
    light = "Açık görünüm", "Light theme";
    dark = "Koyu görünüm", "Dark theme";
    system = "Sistemin görünümü", "System theme";
    added: fn(&str) -> String = |line| format!("Görev eklendi: {line}"), |line| format!("Task added: {line}");
    add_task: fn(&str) -> String = |title| format!("Görev ekle: {title}"), |title| format!("Add task: {title}");
    /// What the word before a task is.
    task_prefix = "görev:", "task:";
    nothing = "Hiçbir şey bulunamadı", "Nothing found";
    keys = "↑↓ seç · Enter aç · Esc kapat", "↑↓ choose · Enter open · Esc close";
}
