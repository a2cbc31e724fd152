//! Where everything is connected: the commands of the program and all its addresses. It knows every feature; no feature
//! knows it.

pub mod cli;
pub mod router;
