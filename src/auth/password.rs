//! Hashes passwords with Argon2id (19 MiB, 2 passes, 1 lane, as OWASP recommends), on threads of its own, at most as
//! many at once as there are cores. A hash is finished even when the browser disconnects. Who may sign in is not
//! decided here.

use crate::error::{Error, Problem, Result};
use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::sync::{Semaphore, SemaphorePermit};

pub const SHORTEST: usize = 8;
/// Longer passwords are refused before any hashing.
const LONGEST: usize = 200;

/// A job for a hashing thread, which lends it its memory.
type Work = Box<dyn FnOnce(&mut [Block]) + Send>;

/// When this many jobs wait, further ones are refused with "try again later".
const MOST_WAITING: usize = 64;
/// How many of these places strangers may take, so that known browsers find a place while strangers guess passwords.
const MOST_STRANGERS: usize = MOST_WAITING * 3 / 4;
/// How many seconds a refused person is told to wait.
const WAIT: u64 = 5;

static STRANGERS: Semaphore = Semaphore::const_new(MOST_STRANGERS);

static HASHERS: LazyLock<SyncSender<Work>> = LazyLock::new(start_hashers);

/// The hash of a random password, checked for unknown addresses so that they take as long as known ones.
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

/// Starts one thread for each core that does nothing but hash, in memory that it allocates once. Allocated for each
/// hash, that memory would fragment the allocator: hundreds of MiB after an hour of guessing.
fn start_hashers() -> SyncSender<Work> {
    let (send, receive) = std::sync::mpsc::sync_channel::<Work>(MOST_WAITING);
    let receive = Arc::new(Mutex::new(receive));
    for _ in 0..std::thread::available_parallelism().map_or(1, std::num::NonZero::get) {
        let receive = Arc::clone(&receive);
        std::thread::spawn(move || {
            let mut memory = vec![Block::new(); argon().params().block_count()];
            loop {
                let next = receive.lock().map(|receive| receive.recv());
                let Ok(Ok(work)) = next else { return };
                work(&mut memory);
            }
        });
    }
    send
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce(&mut [Block]) -> T + Send + 'static) -> Result<T> {
    let (say, said) = tokio::sync::oneshot::channel();
    let work = move |memory: &mut [Block]| {
        // The request that asked may be gone.
        let _ = say.send(work(memory));
    };
    HASHERS.try_send(Box::new(work)).map_err(|_| Error::TooMany { seconds: WAIT })?;
    said.await.map_err(|lost| crate::server::failure::our_fault(&lost))
}

/// Whether the password belongs to that hash.
fn is_right(password: &[u8], hash: &str, memory: &mut [Block]) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    let (Some(salt), Some(expected), Ok(params)) = (&hash.salt, &hash.hash, Params::try_from(&hash)) else {
        return false;
    };
    // A hash with other parameters may need more memory than the thread has.
    let Some(memory) = memory.get_mut(..params.block_count()) else {
        return argon().verify_password(password, &hash).is_ok();
    };
    let mut output = [0; Output::MAX_LENGTH];
    let Some(output) = output.get_mut(..expected.len()) else { return false };
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let made = argon.hash_password_into_with_memory(password, salt, output, memory);
    // `Output` compares in constant time.
    made.is_ok() && Output::new(output).is_ok_and(|output| output == *expected)
}

/// A stranger's place among the waiting jobs; dropping it frees the place.
///
/// # Errors
/// `TooMany` where strangers have no place left.
pub fn place_of_a_stranger() -> Result<SemaphorePermit<'static>> {
    STRANGERS.try_acquire().map_err(|_| Error::TooMany { seconds: WAIT })
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
    off_thread(move |_| hash_now(password.as_bytes()))
        .await?
        .ok_or_else(|| Error::Internal { request: String::new() })
}

/// Whether the password is right. Without a hash (nobody has that address) it takes as long and is always false.
///
/// # Errors
/// `Internal` when the work could not be done.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    if password.chars().count() > LONGEST {
        return Ok(false);
    }
    let password = password.to_owned();
    off_thread(move |memory| {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        is_right(password.as_bytes(), &hash, memory) && known
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let hash = hash("uzun bir cümle").await.expect("it is long enough");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("uzun bir cümle", Some(hash.clone())).await.expect("it can be hashed"));
        for wrong in ["uzun bir cumle", "uzun bir cümle ", ""] {
            assert!(!verify(wrong, Some(hash.clone())).await.expect("it can be hashed"), "{wrong}");
        }
        assert!(!verify("uzun bir cümle", None).await.expect("it can be hashed"));
    }

    #[tokio::test]
    async fn strangers_leave_places_for_others() {
        let taken: Vec<_> = (0..MOST_WAITING).filter_map(|_| place_of_a_stranger().ok()).collect();
        assert!(taken.len() <= MOST_STRANGERS);
        assert!(!verify("uzun bir cümle", None).await.expect("there is a place"));
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_understood() {
        for memory in [8 * 1024, 32 * 1024] {
            let params = Params::new(memory, 1, 1, None).expect("in range");
            let other = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            let hash = other.hash_password(b"uzun bir c\xc3\xbcmle").expect("it can be hashed").to_string();
            assert!(verify("uzun bir cümle", Some(hash.clone())).await.expect("it can be hashed"));
            assert!(!verify("kısa", Some(hash)).await.expect("it can be hashed"));
        }
    }
}
