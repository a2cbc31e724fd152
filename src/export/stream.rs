//! The response of an export: checks the right, writes the event, then sends page after page as fast as the browser
//! reads them. Before each page the session, the right and the reach are read again. If a page fails or is no longer
//! allowed, the response is cut off, so that half a list never looks complete.

use super::csv::{Cell, MARK, row};
use super::store::put_on_record;
use crate::auth::Actor;
use crate::auth::model::Permission;
use crate::auth::store::find_session;
use crate::error::{Error, Result};
use crate::i18n::Locale;
use crate::people::store::sight;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use crate::server::request::{App, Caller, write_as};
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::mpsc;

/// How many rows are read at once: few enough for the memory, enough that the overhead of a statement does not matter.
pub const ROWS: i64 = 500;

/// A list that can be exported.
pub trait List: Send + 'static {
    /// Its name in the event.
    const NAME: &'static str;

    /// The name of the file, without the day and the ending.
    fn file(&self, locale: Locale) -> String;

    /// The headings of its columns; called after `begin`.
    fn head(&self, locale: Locale) -> Vec<String>;

    /// The search, for the event.
    fn search(&self) -> &str;

    /// Prepares the export and returns how many rows there will be.
    fn begin(&mut self, tx: &mut Tx) -> impl Future<Output = Result<i64>> + Send;

    /// The next rows; empty at the end.
    fn page(&mut self, tx: &mut Tx, locale: Locale) -> impl Future<Output = Result<Vec<Vec<Cell>>>> + Send;
}

/// Responds with the list as a file.
pub async fn send<L: List>(app: App, caller: Caller, mut list: L) -> Response {
    let locale = caller.visit.locale;
    match begin(&app.db, caller.actor, &mut list).await {
        Ok(()) => {
            let file = list.file(locale);
            let (to, parts) = mpsc::channel(1);
            tokio::spawn(write(app.db, caller.token.unwrap_or_default(), list, locale, to));
            let body = Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(parts));
            let mut response = body.into_response();
            let day = caller.visit.today.format("%Y-%m-%d");
            let name = format!("attachment; filename=\"{}-{day}.csv\"", file);
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Ok(name) = HeaderValue::from_str(&name) {
                headers.insert(CONTENT_DISPOSITION, name);
            }
            response
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, (locale.text().errors.error)(&error)).into_response()
        }
    }
}

async fn begin<L: List>(db: &Db, actor: Option<Actor>, list: &mut L) -> Result<()> {
    let actor = actor.ok_or(Error::Unauthenticated)?;
    actor.must(Permission::Export)?;
    let rows = list.begin(&mut db.read(actor.clone()).await?).await?;
    let search = list.search().to_owned();
    write_as(db, actor.clone(), Permission::Export, async |tx| {
        put_on_record(tx, L::NAME, &search, rows).await
    })
    .await?;
    tracing::info!(list = L::NAME, rows, by = %actor.id, at = %clock::now(), "a list is exported");
    Ok(())
}

type Part = Result<Bytes, std::io::Error>;

/// The person of the session, if it is still valid and they may still export.
async fn still(db: &Db, session: &str) -> Result<Actor> {
    let found = find_session(db, session, None).await?;
    let actor = found.ok_or(Error::Unauthenticated)?.actor;
    actor.must(Permission::Export)?;
    Ok(actor)
}

async fn write<L: List>(db: Db, session: String, mut list: L, locale: Locale, to: mpsc::Sender<Part>) {
    let mut text = MARK.to_owned();
    row(&mut text, list.head(locale).into_iter().map(Cell::text).collect(), locale);
    // Reads a page only when the browser has room for it, so that no page is sent by a right that has ended meanwhile;
    // and stops when the browser has disconnected.
    let mut begun_with = None;
    while let Ok(place) = to.reserve().await {
        let rows = async {
            let mut tx = db.read(still(&db, &session).await?).await?;
            let sees = sight(&mut tx).await?;
            // Records that are out of sight by now would be missing at the end of a file that looks complete.
            if !begun_with.get_or_insert_with(|| sees.clone()).is_within(&sees) {
                return Err(Error::Forbidden);
            }
            list.page(&mut tx, locale).await
        };
        match rows.await {
            Ok(rows) => {
                let last = rows.is_empty();
                rows.into_iter().for_each(|cells| row(&mut text, cells, locale));
                place.send(Ok(Bytes::from(std::mem::take(&mut text))));
                if last {
                    return;
                }
            }
            Err(error) => {
                tracing::info!(list = L::NAME, ?error, "an export is broken off");
                place.send(Err(std::io::Error::other(error)));
                return;
            }
        }
    }
}
