//! Finds the person to whom an e-mail address belongs. Addresses are compared by how they look: case, accents and
//! invisible characters make no difference. That also holds for addresses stored before this rule.

use crate::auth::address::kept;
use crate::error::{Error, Problem, Result};
use crate::id::PersonId;
use crate::server::db::SystemTx;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The address in the form in which it is compared. Some browsers sent a host with İ as `xn--…`.
#[must_use]
pub fn look_of(address: &str) -> String {
    let (name, host) = address.rsplit_once('@').unwrap_or((address, ""));
    let labels: Vec<String> = host.split('.').map(readable).collect();
    let whole = kept(&format!("{name}@{}", labels.join(".")));
    whole.nfkd().filter(|c| !is_combining_mark(*c)).collect()
}

fn readable(label: &str) -> String {
    let coded = label.get(..4).filter(|start| start.eq_ignore_ascii_case("xn--")).map(|_| &label[4..]);
    coded.and_then(idna::punycode::decode_to_string).unwrap_or_else(|| label.to_owned())
}

/// The person meant by a typed address: who has exactly this address, else the only one whose address looks the same.
#[must_use]
fn meant(all: &[(PersonId, String)], typed: &str) -> Option<PersonId> {
    let exact = |wanted: &str| all.iter().find(|(_, address)| address == wanted).map(|(id, _)| *id);
    let look = look_of(typed);
    let mut alike = all.iter().filter(|(_, address)| look_of(address) == look).map(|(id, _)| *id);
    let only = alike.next().filter(|_| alike.next().is_none());
    exact(&typed.trim().to_lowercase()).or_else(|| exact(&kept(typed))).or(only)
}

async fn addresses(system: &mut SystemTx) -> Result<Vec<(PersonId, bool, String)>> {
    Ok(system.query("SELECT id, active, email FROM people WHERE email IS NOT NULL ORDER BY id").all().await?)
}

/// The person who signs in by that address; deactivated people only with `even_left`.
///
/// # Errors
/// `Internal` only.
pub async fn whose(system: &mut SystemTx, typed: &str, even_left: bool) -> Result<Option<PersonId>> {
    let all = addresses(system).await?.into_iter().filter(|(_, active, _)| *active || even_left);
    let all: Vec<(PersonId, String)> = all.map(|(id, _, address)| (id, address)).collect();
    Ok(meant(&all, typed))
}

/// # Errors
/// `Invalid` with `Taken` at `email` for an address that looks like somebody else's.
pub async fn must_be_free(system: &mut SystemTx, address: &str, but: Option<PersonId>) -> Result<()> {
    let look = look_of(address);
    let taken = addresses(system).await?.iter().any(|(id, _, one)| Some(*id) != but && look_of(one) == look);
    if taken { Err(Error::invalid("email", Problem::Taken)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people(addresses: &[&str]) -> Vec<(PersonId, String)> {
        let person =
            |(nr, address): (usize, &&str)| (PersonId(Uuid::from_u128(nr as u128)), (*address).to_owned());
        addresses.iter().enumerate().map(person).collect()
    }

    fn meant_of(addresses: &[&str], typed: &str) -> Option<u128> {
        meant(&people(addresses), typed).map(|id| id.0.as_u128())
    }

    #[test]
    fn what_looks_alike_is_alike() {
        let alike =
            ["ik@firma.example", "İK@FİRMA.EXAMPLE", "ik@fi\u{307}rma.example", "ik\u{200b}@firma.example"];
        for one in alike {
            assert_eq!(look_of(one), "ik@firma.example", "{one:?}");
        }
        let coded =
            format!("ik@xn--{}.example", idna::punycode::encode_str("fi\u{307}rma").expect("a label"));
        assert_eq!(look_of(&coded), "ik@firma.example");
        assert_ne!(look_of("a.b@firma.example"), look_of("ab@firma.example"));
    }

    #[test]
    fn who_was_kept_before_is_still_found() {
        let old = ["ali\u{307}@firma.example", "veli@firma.example"];
        for typed in ["ALİ@firma.example", "ali@firma.example", "ALI@FIRMA.EXAMPLE"] {
            assert_eq!(meant_of(&old, typed), Some(0), "{typed}");
        }
        let two = ["ali\u{307}@firma.example", "ali@firma.example"];
        assert_eq!(meant_of(&two, "ALİ@firma.example"), Some(0));
        assert_eq!(meant_of(&two, "ali@firma.example"), Some(1));
        assert_eq!(meant_of(&two, "can@firma.example"), None);
        assert_eq!(meant_of(&["a\u{200b}@b.c", "a\u{200c}@b.c"], "á@b.c"), None, "nobody is guessed");
    }
}
