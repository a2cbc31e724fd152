//! The accept loop. It adds what axum's own lacks: deadlines (else a half-sent head or an answer that nobody reads
//! would wait for ever), a limit of connections, and a stop that lets requests under way finish.

use super::connections::{Connections, Limits, Place};
use super::edge::Peer;
use super::failed;
use super::request::App;
use crate::auth::throttle::Throttle;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// How long a request's head may take, counted from the accept or from the answer before.
const HEADER_DEADLINE: Duration = Duration::from_secs(15);
/// The largest head of a request, and so the largest read buffer of a connection.
const LARGEST_HEAD: usize = 64 * 1024;
/// The answer to a connection for which there is no place; sent without reading anything.
const NO_PLACE: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const FORGET_EVERY: Duration = Duration::from_secs(60);
/// When the program stops, streams that are still open are cut after this time; browsers reconnect by themselves.
const STOP_DEADLINE: Duration = Duration::from_secs(5);

/// Serves until told to stop (Ctrl+C or SIGTERM).
///
/// # Errors
/// A sentence for the person who started the program.
pub async fn serve(
    app: App,
    service: Router,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.map_err(|cause| failed::of_listening(listen, &cause))?;
    ready(listener.local_addr()?);
    let db = app.db.clone();
    let limits = Limits::of_this_process();
    tracing::info!(connections = limits.in_all, of_one_address = limits.of_one_network, "listening");
    serve_on(app, service, listener, limits, told_to_stop()).await;
    db.close().await;
    Ok(())
}

/// Serves on a listener of the caller's own, until `stop` resolves.
pub async fn serve_on(
    app: App,
    service: Router,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let connections = Connections::new(limits, app.edge.proxies.clone());
    let forgetting = tokio::spawn(forget_tries(Arc::clone(&app.throttle)));
    // HTTP/1 only: proxies speak it to the program. Built on hyper's own connection, because the server of hyper-util,
    // which tells HTTP versions apart, reads the first bytes without a deadline.
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE).max_buf_size(LARGEST_HEAD);
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(cause) => {
                    tracing::warn!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let Some(place) = connections.place_for(peer.ip()).map(Arc::new) else {
            // A peer that can't take the answer at once gets none.
            let _ = stream.try_write(NO_PLACE);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let mut stream = Box::pin(TimeoutStream::new(stream));
        stream.as_mut().set_write_timeout_pinned(Some(limits.patience));
        let (service, asking) = (service.clone(), Arc::clone(&place));
        let with_peer = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            asking.asks();
            request.extensions_mut().insert(Peer(peer));
            let answer = service.clone().oneshot(request.map(Body::new) as Request);
            let place = Arc::clone(&asking);
            async move { answer.await.map(|answer| answer.map(|body| Answering { body, place })) }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), with_peer));
        tokio::spawn(async move {
            tokio::pin!(connection);
            loop {
                tokio::select! {
                    ended = &mut connection => {
                        if let Err(cause) = ended {
                            tracing::debug!(%cause, "a connection ended early");
                        }
                        break;
                    }
                    // Closes the connection, unless a request has arrived at this very moment.
                    () = place.needed() => if place.is_idle() { break },
                }
            }
        });
    }
    forgetting.abort();
    tracing::info!("stopping");
    if tokio::time::timeout(STOP_DEADLINE, graceful.shutdown()).await.is_err() {
        tracing::info!("open streams were cut");
    }
}

/// The body of an answer. When it was sent or given up, its connection counts as idle again.
struct Answering {
    body: Body,
    place: Arc<Place>,
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.place.is_answered();
    }
}

/// Regularly frees the memory of the throttle for those who no longer try.
async fn forget_tries(throttle: Arc<Throttle>) {
    loop {
        tokio::time::sleep(FORGET_EVERY).await;
        throttle.forget();
    }
}

async fn told_to_stop() {
    let ctrl_c = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.unwrap_or(()),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! { () = ctrl_c => {}, () = terminated => {} }
}
