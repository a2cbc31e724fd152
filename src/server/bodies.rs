//! Reads request bodies once it is known who sends them: whole, with a limit for each body, a limit for all bodies held
//! in memory, and a deadline. Strangers (not signed in) have limits of their own, so that they can neither fill the
//! memory nor block those who are signed in.

use super::request::{App, Caller};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_stream::StreamExt as _;

/// No form and no call is larger.
pub const LARGEST_BODY: usize = 1024 * 1024;
/// How long a body waits for free memory before its sender is told to try again later.
const PATIENCE: Duration = Duration::from_secs(5);

/// What one kind of sender (signed in or stranger) may send.
pub struct Pool {
    /// The largest body, in bytes.
    largest: usize,
    /// How long reading may take, from the head of the request to the end of the body.
    deadline: Duration,
    patience: Duration,
    /// Bytes that may still be held in memory.
    free: Semaphore,
}

/// The memory for bodies, kept apart for those who are signed in and for strangers.
pub struct Bodies {
    people: Pool,
    strangers: Pool,
}

impl Default for Bodies {
    fn default() -> Self {
        Self {
            people: Pool {
                largest: LARGEST_BODY,
                deadline: Duration::from_secs(30),
                patience: PATIENCE,
                free: Semaphore::new(32 * 1024 * 1024),
            },
            // A stranger only ever sends a short form. All connections of one network together can't fill this.
            strangers: Pool {
                largest: 16 * 1024,
                deadline: Duration::from_secs(10),
                patience: PATIENCE,
                free: Semaphore::new(32 * 1024 * 1024),
            },
        }
    }
}

/// Reads the whole body before the server function runs, so that the limits hold for all of them, and lets only JSON
/// into the API. The memory of a body is counted as it arrives, and freed when the answer is made.
pub async fn whole_body(State(app): State<App>, request: Request, next: Next) -> Response {
    let json = request
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if request.uri().path().starts_with("/api/") && !json {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        // Nothing reads the body of these requests.
        return next.run(request.map(|_| Body::empty())).await;
    }
    let known = request.extensions().get::<Caller>().is_some_and(|caller| caller.actor.is_some());
    let bodies = &app.edge.bodies;
    let pool = if known { &bodies.people } else { &bodies.strangers };
    let (head, body) = request.into_parts();
    match tokio::time::timeout(pool.deadline, pool.read(body)).await {
        Ok(Ok((body, _held))) => next.run(Request::from_parts(head, Body::from(body))).await,
        Ok(Err(refused)) => refused,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

impl Pool {
    async fn read(&self, body: Body) -> Result<(Bytes, Option<SemaphorePermit<'_>>), Response> {
        let too_large = || StatusCode::PAYLOAD_TOO_LARGE.into_response();
        // A body whose declared length is too large is not read at all.
        if body.size_hint().lower() > self.largest as u64 {
            return Err(too_large());
        }
        let (mut whole, mut held) = (Vec::new(), None::<SemaphorePermit<'_>>);
        let mut parts = body.into_data_stream();
        while let Some(part) = parts.next().await {
            let part = part.map_err(|_| StatusCode::BAD_REQUEST.into_response())?;
            if whole.len() + part.len() > self.largest {
                return Err(too_large());
            }
            let more = self.room_for(part.len()).await?;
            match &mut held {
                Some(held) => held.merge(more),
                None => held = Some(more),
            }
            whole.extend_from_slice(&part);
        }
        Ok((Bytes::from(whole), held))
    }

    async fn room_for(&self, bytes: usize) -> Result<SemaphorePermit<'_>, Response> {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        match tokio::time::timeout(self.patience, self.free.acquire_many(bytes)).await {
            Ok(Ok(room)) => Ok(room),
            _ => Err((StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")]).into_response()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(largest: usize, free: usize) -> Pool {
        Pool { largest, deadline: PATIENCE, patience: Duration::from_millis(300), free: Semaphore::new(free) }
    }

    #[tokio::test]
    async fn no_more_is_held_than_there_is_room_for() {
        let pool = pool(100, 250);
        let body = || Body::from(vec![b'x'; 100]);
        let one = pool.read(body()).await.expect("there is room");
        let two = pool.read(body()).await.expect("there is room");
        let refused = pool.read(body()).await.expect_err("there is none");
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers().contains_key(RETRY_AFTER));
        let (third, ()) = tokio::join!(pool.read(body()), async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            drop(one);
        });
        assert_eq!(third.expect("one has left meanwhile").0.len(), 100);
        drop(two);
        assert_eq!(pool.free.available_permits(), 250, "all room is given back");
    }

    #[tokio::test]
    async fn too_large_is_refused_however_it_is_sent() {
        let pool = pool(100, 250);
        let whole = pool.read(Body::from(vec![b'x'; 101])).await.expect_err("too large");
        let parts = tokio_stream::iter([0, 1].map(|_| Ok::<_, std::io::Error>(vec![b'x'; 60])));
        let parts = pool.read(Body::from_stream(parts)).await.expect_err("too large");
        assert_eq!([whole.status(), parts.status()], [StatusCode::PAYLOAD_TOO_LARGE; 2]);
        assert_eq!(pool.free.available_permits(), 250);
    }
}
