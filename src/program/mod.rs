//! Where everything comes together: the commands of the program, and all its addresses. It knows every room, and no
//! room knows it.

pub mod cli;
pub mod router;
