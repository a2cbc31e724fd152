//! The accept loop: HTTP with a clock (axum's own has none, so a half-sent header would wait for ever), and a stop that lets what is
//! under way finish.

use super::edge::Peer;
use super::failed;
use super::request::App;
use super::router::router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

const HEADER_DEADLINE: Duration = Duration::from_secs(15);
/// Open streams are cut after so long when the program is to stop; browsers come back by themselves.
const STOP_DEADLINE: Duration = Duration::from_secs(5);

/// Serves until told to stop (Ctrl+C or SIGTERM).
///
/// # Errors
/// A sentence for the person who started the program.
pub async fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.map_err(|cause| failed::of_listening(listen, &cause))?;
    ready(listener.local_addr()?);
    let db = app.db.clone();
    serve_on(app, listener, told_to_stop()).await;
    db.close().await;
    Ok(())
}

/// The same on a listener of one's own, until `stop` resolves.
pub async fn serve_on(app: App, listener: TcpListener, stop: impl Future<Output = ()>) {
    let service = router(app);
    // HTTP/1 alone: a proxy speaks it to us, and telling versions apart has no deadline of its own.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE);
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
        let _ = stream.set_nodelay(true);
        let service = service.clone();
        let with_peer = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            service.clone().oneshot(request.map(axum::body::Body::new) as Request)
        });
        let connection =
            graceful.watch(http.serve_connection_with_upgrades(TokioIo::new(stream), with_peer).into_owned());
        tokio::spawn(async move {
            if let Err(cause) = connection.await {
                tracing::debug!(%cause, "a connection ended early");
            }
        });
    }
    tracing::info!("stopping");
    if tokio::time::timeout(STOP_DEADLINE, graceful.shutdown()).await.is_err() {
        tracing::info!("open streams were cut");
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
