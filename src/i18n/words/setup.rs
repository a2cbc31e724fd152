//! The first visit: the firm and its owner are made.

words! {
    title = "Kartotek’i kuralım", "Let’s set up Kartotek";
    intro = "Firmanızı ve sahibini tanıtın. Sonra hemen başlayabilirsiniz; hepsi ayarlardan değiştirilebilir.",
        "Introduce your firm and its owner. Then you can begin; all of it can be changed in the settings.";
    firm_section = "Firma", "Firm";
    firm = "Firmanın adı", "The firm’s name";
    language = "Dil", "Language";
    currency = "Para birimi", "Currency";
    time_zone = "Saat dilimi", "Time zone";
    owner_section = "Firmanın sahibi", "The firm’s owner";
    owner_hint = "Her şeyi görür ve ayarlayabilir. Diğer çalışanları sonra eklersiniz.",
        "Sees and sets everything. You add the others later.";
    name = "Adınız ve soyadınız", "Your name";
    email = "E-posta adresiniz", "Your e-mail address";
    password = "Parola", "Password";
    password_hint: fn(u32) -> String = |least| format!("En az {least} karakter; uzun bir cümle en iyisidir."),
        |least| format!("At least {least} characters; a long sentence is best.");
    start_section = "Nasıl başlayalım?", "How shall we start?";
    start_empty = "Boş başla", "Start empty";
    start_empty_hint = "Müşterilerinizi kendiniz girer ya da dosyadan alırsınız.",
        "You enter your customers, or bring them in from a file.";
    start_sample = "Örnek firmayla başla", "Start with a sample firm";
    start_sample_hint = "Uydurma müşteriler ve satışlarla gezinin; istediğinizde silebilirsiniz.",
        "Look around among made-up customers and deals; delete them whenever you like.";
    begin = "Başla", "Begin";
}
