//! Signing in and out.

words! {
    title = "Giriş yap", "Sign in";
    welcome = "Kartotek’e hoş geldiniz", "Welcome to Kartotek";
    intro = "Müşterileriniz, satışlarınız ve sözleriniz bir arada.", "Your customers, deals and promises in one place.";
    email = "E-posta", "E-mail";
    password = "Parola", "Password";
    sign_in = "Giriş yap", "Sign in";
    signing_in = "Giriş yapılıyor…", "Signing in…";
    sign_out = "Çıkış yap", "Sign out";
    sign_out_everywhere = "Bütün cihazlardan çıkış yap", "Sign out everywhere";
    signed_out = "Çıkış yaptınız.", "You are signed out.";
    signed_out_everywhere = "Bütün cihazlardan çıkış yapıldı.", "Signed out everywhere.";
    wrong = "E-posta ya da parola yanlış.", "Wrong e-mail or password.";
    expired = "Oturumunuz sona erdi. Yeniden giriş yapın.", "Your session has ended. Sign in again.";
    forgot = "Parolanızı unuttuysanız yöneticinizden yenisini isteyin.", "If you forgot your password, ask your administrator for a new one.";
    new_password = "Yeni parola", "New password";
    old_password = "Şimdiki parola", "Current password";
    change_password = "Parolayı değiştir", "Change the password";
    password_changed = "Parola değiştirildi.", "The password is changed.";
    password_hint: fn(u32) -> String = |least| format!("En az {least} karakter."), |least| format!("At least {least} characters.");
}
