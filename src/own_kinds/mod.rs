//! The firm's own kinds of record: their names, whether their records belong to customers, their stages, who sees and
//! changes them. The firm's owner adds, changes, reorders and archives kinds. Not their records, which are in
//! `own_records`, nor their fields, which are in `fields::own`.

pub mod api;
pub mod input;
pub mod model;

#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod store;
