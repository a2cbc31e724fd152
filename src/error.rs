//! The error type of all server functions. It carries codes, never prose: `i18n` has the words, the log has the cause.
//! Not for start-up code, which may end the program with a sentence of its own.

use crate::i18n::Currency;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Errors about which the caller can do something. Everything else is [`Error::Internal`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Error {
    /// Nobody is signed in: sign in and try again.
    #[error("unauthenticated")]
    Unauthenticated,
    /// The role lacks this right, whatever the record.
    #[error("forbidden")]
    Forbidden,
    /// It does not exist, or this person may not see it: the two can't be told apart.
    #[error("not found")]
    NotFound,
    /// Somebody changed the record since it was read: `theirs` holds the fields as they are now.
    #[error("conflict")]
    Conflict { version: i64, theirs: serde_json::Value },
    /// The input has problems, each at its field.
    #[error("invalid")]
    Invalid(Vec<FieldProblem>),
    /// Too many tries; try again after so many seconds.
    #[error("too many")]
    TooMany { seconds: u64 },
    /// The request could not be understood at all.
    #[error("bad request")]
    BadRequest,
    /// The server could not be reached.
    #[error("offline")]
    Offline,
    /// The disk of the database is full: nothing was saved, but everything can still be read.
    #[error("disc full")]
    DiscFull,
    /// The database can't be reached for now, or the connection was lost: nothing was saved, try again.
    #[error("unavailable")]
    Unavailable,
    /// A bug of ours; the log has the cause under this request id.
    #[error("internal")]
    Internal { request: String },
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One problem at one field of a form; `field` is the form field's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: String,
    pub problem: Problem,
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Required,
    TooLong(u32),
    TooShort(u32),
    BadEmail,
    BadPhone,
    BadAmount,
    BadNumber,
    BadLink,
    /// The text names another currency than the one chosen in the form.
    OtherCurrency(Currency),
    BadDate,
    /// A day that does not exist, such as 31 November.
    NoSuchDay,
    /// `3/4` on an English page, where both orders are common.
    DayOrMonth,
    /// A time in the future, where only the past makes sense.
    NotYet,
    BadTime,
    /// No day with a time.
    BadMoment,
    BadCurrency,
    BadTimeZone,
    BadTaxNumber,
    /// A spreadsheet may have dropped the 0 at the start of this tax number.
    LostZero(String),
    Unknown,
    Taken,
    WrongSignIn,
    /// This is not the current password.
    WrongPassword,
    /// More rights or reach than the person asking has.
    Beyond,
    /// A role that the person asking can't give in that group.
    BeyondHere,
    /// The firm would be left without an owner.
    LastOwner,
    /// A group would be below itself.
    Loop,
    /// Records still hang on it.
    NotEmpty,
    /// Not a whole number from 0 to 100.
    BadPercent,
    /// A pipeline needs one stage of each kind.
    LastOfItsKind,
    /// More entries than this.
    TooMany(u32),
    /// Records have values that would not fit.
    HasValues,
    /// It also changes records, which can't wait in a draft.
    NotInDraft,
}

impl Error {
    #[must_use]
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), problem }])
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict { .. } => 409,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::BadRequest => 400,
            Self::DiscFull => 507,
            Self::Unavailable => 503,
            Self::Offline | Self::Internal { .. } => 500,
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = crate::wire::JsonText;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            _ => Self::Internal { request: String::new() },
        }
    }
}
