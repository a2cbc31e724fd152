//! Passwords: Argon2id (19 MiB, 2 passes, 1 lane: OWASP's figure), hashed off the async threads, no more at once than there are
//! cores, to the end even when the browser left. It decides nothing about who may sign in.

use crate::error::{Error, Problem, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, LazyLock, Mutex};

pub const SHORTEST: usize = 8;
/// Longer ones are refused before they cost anything.
const LONGEST: usize = 200;

type Work = Box<dyn FnOnce() + Send>;

/// Who comes when so many wait is asked to come back.
const MOST_WAITING: usize = 64;
/// In so many seconds.
const WAIT: u64 = 5;

static HASHERS: LazyLock<SyncSender<Work>> = LazyLock::new(start_hashers);

/// A real hash of nothing anybody knows, so that an unknown address costs as much time as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let unguessable: [u8; 32] = super::store::random_bytes();
    hash_now(&unguessable).expect("hashing 32 bytes with fixed parameters works")
});

fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("OWASP's parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &[u8]) -> Option<String> {
    argon().hash_password(password).ok().map(|hash| hash.to_string())
}

/// One thread a core does nothing but hash. The same few threads take and give back the memory: on threads that come and go it would be
/// kept by each of them.
fn start_hashers() -> SyncSender<Work> {
    let (send, receive) = std::sync::mpsc::sync_channel::<Work>(MOST_WAITING);
    let receive = Arc::new(Mutex::new(receive));
    for _ in 0..std::thread::available_parallelism().map_or(1, std::num::NonZero::get) {
        let receive = Arc::clone(&receive);
        std::thread::spawn(move || {
            loop {
                let next = receive.lock().map(|receive| receive.recv());
                let Ok(Ok(work)) = next else { return };
                work();
            }
        });
    }
    send
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let (say, said) = tokio::sync::oneshot::channel();
    let work = move || {
        // Whoever asked may have left.
        let _ = say.send(work());
    };
    HASHERS.try_send(Box::new(work)).map_err(|_| Error::TooMany { seconds: WAIT })?;
    said.await.map_err(|lost| crate::server::request::our_fault(&lost))
}

/// # Errors
/// `Invalid` at the field `password` when it is too short or too long.
pub async fn hash(password: &str) -> Result<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Error::invalid(
            "password",
            Problem::TooShort(u32::try_from(SHORTEST).unwrap_or(u32::MAX)),
        ));
    }
    if length > LONGEST {
        return Err(Error::invalid("password", Problem::TooLong(u32::try_from(LONGEST).unwrap_or(u32::MAX))));
    }
    let password = password.to_owned();
    off_thread(move || hash_now(password.as_bytes()))
        .await?
        .ok_or_else(|| Error::Internal { request: String::new() })
}

/// Whether the password is right; `None` (nobody by that address) takes as long and is never right.
///
/// # Errors
/// `Internal` when the work could not be done.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    if password.chars().count() > LONGEST {
        return Ok(false);
    }
    let password = password.to_owned();
    off_thread(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&hash)
            .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    })
    .await
}
