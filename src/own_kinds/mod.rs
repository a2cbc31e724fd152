//! The kinds of record that a firm makes itself: what each is called, whether it hangs on a customer, its stages; made,
//! changed, put in order and archived by the firm's owner. Not their records, which are in `own_records`, nor the
//! fields of those, which are in `fields::own`.

pub mod api;
pub mod input;
pub mod model;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
