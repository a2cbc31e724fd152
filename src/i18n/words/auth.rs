//! Signing in and out.

words! {
    title = "Giriş yap", "Sign in";
    intro = "Müşterileriniz, satışlarınız ve sözleriniz bir arada.", "Your customers, deals and promises in one place.";
    email = "E-posta", "E-mail";
    password = "Parola", "Password";
    sign_in = "Giriş yap", "Sign in";
    sign_out = "Çıkış yap", "Sign out";
    wrong = "E-posta ya da parola yanlış.", "Wrong e-mail or password.";
    forgot = "Parolanızı unuttuysanız yöneticinizden yenisini isteyin.",
        "If you forgot your password, ask your administrator for a new one.";
    new_password = "Yeni parola", "New password";
    old_password = "Şimdiki parola", "Current password";
    change_password = "Parolayı değiştir", "Change the password";
    password_changed = "Parola değiştirildi.", "The password is changed.";
    join_title: fn(&str) -> String = |name| format!("Hoş geldiniz, {name}"), |name| format!("Welcome, {name}");
    join_intro = "Parolanızı belirleyin; sonra hemen başlayabilirsiniz.",
        "Choose your password; then you can begin at once.";
    join = "Parolayı kaydet ve gir", "Save the password and enter";
    new_password_title = "Yeni parola belirleyin", "Choose a new password";
    new_password_intro = "Kaydedince açık olan bütün oturumlarınız kapanır ve burada yenisi açılır.",
        "Saving ends all your open sessions and begins a new one here.";
    link_gone = "Bu bağlantı artık geçerli değil", "This link no longer works";
    link_gone_text = "Bağlantılar bir kez ve yedi gün içinde kullanılır. Size gönderenden yenisini isteyin.",
        "A link works once, within seven days. Ask whoever sent it for a new one.";
    password_hint: fn(u32) -> String = |least| format!("En az {least} karakter."),
        |least| format!("At least {least} characters.");
}
