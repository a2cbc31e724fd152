//! The search results of the palette: a few of each kind, as ready texts, so that the browser needs no code for
//! records. Plain data.

use crate::id::KindNr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many results of each kind there are.
pub const FEW: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitKind {
    Customer,
    /// A person in an organisation; leads to the organisation's card.
    Contact,
    Deal,
    /// An open task.
    Task,
    /// A record of one of the firm's own kinds.
    Record,
    /// The list of one of these kinds.
    List(KindNr),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: HitKind,
    /// For a contact that of its customer; for a list nil.
    pub id: Uuid,
    pub title: String,
    pub sub: String,
}
