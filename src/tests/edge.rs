//! The edge of HTTP over real connections: connections that send nothing or never read, more of them than the limit,
//! people who work meanwhile, and bodies that are refused without reading them.

use super::world::{World, on_both_engines};
use crate::server::connections::Limits;
use crate::server::request::App;
use crate::server::serve::serve_on;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

impl World {
    /// The program on a port of this machine, with that many connections at most.
    async fn listening(&self, limits: Limits) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let app = App {
            db: self.db.clone(),
            throttle: Arc::default(),
            edge: Arc::default(),
            secure: false,
            show: crate::program::router::show,
        };
        tokio::spawn(serve_on(
            app.clone(),
            crate::program::router::router(app),
            listener,
            limits,
            std::future::pending(),
        ));
        at
    }
}

const MANY: Limits = Limits { in_all: 10_000, of_one_network: 10_000, patience: Duration::from_secs(30) };

/// Sends the text. Returns what is answered until the server closes the connection, and how long that took.
async fn told(at: SocketAddr, text: &str) -> (String, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(at).await.expect("a connection");
    // The server may close a refused connection before everything is sent.
    let _ = stream.write_all(text.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    (String::from_utf8_lossy(&answer).into_owned(), begun.elapsed())
}

fn health() -> String {
    "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_connects_and_says_nothing_is_cut_off_after_fifteen_seconds() {
    on_both_engines(async |world| {
        let at = world.listening(MANY).await;
        let (silent, half, used) = tokio::join!(
            told(at, ""),
            told(at, "GET /healthz HTTP/1.1\r\nhost: loc"),
            told(at, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"),
        );
        assert!(used.0.starts_with("HTTP/1.1 200"), "{}", used.0);
        for (kind, (_, waited)) in [("silent", silent), ("half a head", half), ("idle", used)] {
            let seconds = waited.as_secs_f32();
            assert!((14.0..17.5).contains(&seconds), "{kind}: cut off after {seconds} s");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_works_beside_more_silent_connections_than_there_is_room_for() {
    on_both_engines(async |world| {
        let at = world.listening(Limits { in_all: 100, of_one_network: 50, ..MANY }).await;
        let mut silent = Vec::new();
        for _ in 0..400 {
            silent.push(TcpStream::connect(at).await.expect("a connection"));
            if silent.len() % 20 == 0 {
                let (answer, waited) = told(at, &health()).await;
                assert!(answer.starts_with("HTTP/1.1 200"), "beside {}: {answer}", silent.len());
                assert!(waited < Duration::from_secs(1), "beside {}: {waited:?}", silent.len());
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answered_connection_makes_room_and_if_all_are_in_use_a_new_one_gets_503() {
    on_both_engines(async |world| {
        let at = world.listening(Limits { in_all: 3, of_one_network: 3, ..MANY }).await;
        let asking = async |text: &str| {
            let mut stream = TcpStream::connect(at).await.expect("a connection");
            stream.write_all(text.as_bytes()).await.expect("sent");
            stream
        };
        let mut waiting = Vec::new();
        for _ in 0..8 {
            let mut stream = asking(&health().replace("close", "keep-alive")).await;
            let read = stream.read(&mut [0; 64]).await.expect("an answer");
            assert!(read > 0, "answered beside {}", waiting.len());
            waiting.push(stream);
        }
        // Each connection has begun to send a form and not finished it.
        let form = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n\
                    content-type: application/x-www-form-urlencoded\r\ncontent-length: 20\r\n\r\nemail=";
        let mut working = Vec::new();
        for _ in 0..3 {
            working.push(asking(form).await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (answer, waited) = told(at, "").await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after"), "{answer}");
        assert!(waited < Duration::from_secs(1), "{waited:?}");
        drop((working, waiting));
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(told(at, &health()).await.0.starts_with("HTTP/1.1 200"), "room again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_and_never_reads_the_answers_is_cut_off() {
    on_both_engines(async |world| {
        let patience = Duration::from_millis(500);
        let at = world.listening(Limits { patience, ..MANY }).await;
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4_096).expect("a small one");
        let mut stream = socket.connect(at).await.expect("a connection");
        let page = "GET /sign-in HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let mut sent = 0;
        let begun = Instant::now();
        // The server reads more requests only as long as its answers can be sent.
        while stream.write_all(page.repeat(20).as_bytes()).await.is_ok() {
            sent += 20;
            assert!(begun.elapsed() < Duration::from_secs(20), "still open after {sent} requests");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_sends_is_not_read_unless_it_is_a_short_form() {
    on_both_engines(async |world| {
        let at = world.listening(MANY).await;
        let head = |path: &str, kind: &str, length: usize| {
            format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncontent-type: {kind}\r\n\
                 content-length: {length}\r\n\r\n"
            )
        };
        let (json, form) = ("application/json", "application/x-www-form-urlencoded");
        let cases = [
            ("/api/customers/create", json, "401"),
            ("/api/auth/profile", json, "401"),
            ("/api/nowhere", json, "401"),
            ("/customers/new", form, "401"),
            ("/nowhere", form, "401"),
            ("/api/auth/sign_in", json, "413"),
            ("/sign-in", form, "413"),
            ("/setup", form, "413"),
            ("/join/0", form, "413"),
            ("/healthz", form, "405"),
        ];
        // None of them sends its body: the answer comes without it.
        let mut senders = Vec::new();
        for nr in 0..250 {
            let (path, kind, status) = cases[nr % cases.len()];
            let head = head(path, kind, 1024 * 1024);
            senders.push(tokio::spawn(async move {
                let (answer, waited) = told(at, &head).await;
                assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
                assert!(waited < Duration::from_secs(10), "{path}: {waited:?}");
            }));
        }
        for sender in senders {
            sender.await.expect("refused unread");
        }
        let short = "email=kimse%40deneme.example&password=yanl%C4%B1%C5%9F";
        let head = head("/sign-in", form, short.len());
        let sent = format!("{}{short}", head.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
        assert!(told(at, &sent).await.0.starts_with("HTTP/1.1 422"), "a short form is read");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_names_one_host() {
    on_both_engines(async |world| {
        let at = world.listening(MANY).await;
        let cases = [
            ("HTTP/1.1", "host: localhost\r\n", "200"),
            ("HTTP/1.1", "host: [::1]:3000\r\n", "200"),
            ("HTTP/1.0", "", "200"),
            ("HTTP/1.1", "", "400"),
            ("HTTP/1.1", "host: localhost\r\nhost: localhost\r\n", "400"),
            ("HTTP/1.1", "host: localhost\r\nHost: evil.example\r\n", "400"),
            ("HTTP/1.1", "host: localhost, evil.example\r\n", "400"),
            ("HTTP/1.1", "host: somebody@localhost\r\n", "400"),
            ("HTTP/1.1", "host: local host\r\n", "400"),
            ("HTTP/1.0", "host: localhost\r\nhost: evil.example\r\n", "400"),
        ];
        for (version, hosts, status) in cases {
            let (answer, _) =
                told(at, &format!("GET /healthz {version}\r\n{hosts}connection: close\r\n\r\n")).await;
            assert!(answer.contains(&format!(" {status} ")), "{version} {hosts:?}: {answer}");
        }
    })
    .await;
}
