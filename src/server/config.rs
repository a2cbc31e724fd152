//! What can be said at the command line; each option is also an environment variable `KARTOTEK_…`.

use super::address::typed_network;
use crate::auth::model::{Role, Sees};
use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The card index of a sales team: one program with the database inside.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Config {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Debug, Args)]
pub struct Database {
    /// Where the data is: sqlite:PATH or postgres://user:password@host/name
    #[arg(long, env = "KARTOTEK_DATABASE", default_value = "sqlite:kartotek.db")]
    pub database: String,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the firm's people
    Serve {
        #[command(flatten)]
        database: Database,
        /// The address to listen on
        #[arg(long, env = "KARTOTEK_LISTEN", default_value = "127.0.0.1:3000")]
        listen: SocketAddr,
        /// The address people type, such as https://crm.example.com
        #[arg(long, env = "KARTOTEK_BASE_URL")]
        base_url: Option<String>,
        /// Proxies whose X-Forwarded-For is believed: addresses or networks (10.0.0.0/8), with commas between them
        #[arg(long, env = "KARTOTEK_TRUSTED_PROXY", default_value = "127.0.0.0/8,::1", value_delimiter = ',',
            value_parser = typed_network)]
        trusted_proxy: Vec<IpNet>,
        /// Write the log as JSON lines
        #[arg(long, env = "KARTOTEK_LOG_JSON")]
        log_json: bool,
        /// The folder of the daily backups; with SQLite `backups` beside the file where it is not said
        #[arg(long, env = "KARTOTEK_BACKUPS")]
        backups: Option<PathBuf>,
    },
    /// See whether a database is whole, beside the server or without it
    Check {
        #[command(flatten)]
        database: Database,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Write all the data into a file, beside the server or without it
    Backup {
        #[command(flatten)]
        database: Database,
        /// The file to make; there must be none yet
        file: PathBuf,
    },
    /// Make a database of a backup file, on either engine
    Restore {
        #[command(flatten)]
        database: Database,
        /// Take the place of a firm that is there; what was there is kept aside
        #[arg(long)]
        replace: bool,
        /// The backup
        file: PathBuf,
    },
    /// People and their passwords
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Make sample customers, deals and activities, the same for the same seed
    Sample {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        customers: u32,
        #[arg(long)]
        deals: u32,
        /// How many of the deals are open; half of them where it is not said
        #[arg(long)]
        open: Option<u32>,
        /// How many activities; two for each customer and three for each deal where it is not said
        #[arg(long)]
        activities: Option<u32>,
        /// Of a hundred customers so many belong to everybody
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(..=100))]
        common: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Bring in a folder of files as a map says
    Import {
        #[command(flatten)]
        database: Database,
        /// The map: which file and column is what (TOML)
        #[arg(long)]
        map: PathBuf,
        /// Say what would happen, change nothing
        #[arg(long)]
        dry_run: bool,
        /// The folder with the files
        folder: PathBuf,
    },
    /// Counts and sums
    Stats {
        #[command(flatten)]
        database: Database,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person; makes the firm with defaults where there is none
    Add {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_enum)]
        role: Role,
        /// How far they see; by role where it is not said
        #[arg(long, value_enum)]
        sees: Option<Sees>,
        /// The group they belong to, as a path from the firm down: "Izmir/Field sales"; made where it is missing
        #[arg(long)]
        group: Option<String>,
        /// Read the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
    /// List the people
    List {
        #[command(flatten)]
        database: Database,
    },
    /// Set a new password and end all sessions
    ResetPassword {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        email: String,
        /// Read the password from standard input
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trusted(args: &[&str]) -> Result<Vec<String>, clap::Error> {
        let config = Config::try_parse_from([&["kartotek", "serve"], args].concat())?;
        let Command::Serve { trusted_proxy, .. } = config.command else { return Ok(Vec::new()) };
        Ok(trusted_proxy.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn trusted_proxies_are_listed_or_repeated() {
        let usual = trusted(&[]).expect("nothing said");
        assert_eq!(usual, ["127.0.0.0/8", "::1/128"]);
        let said = ["--trusted-proxy", "10.0.0.1, 2001:db8::/32", "--trusted-proxy", "::ffff:192.0.2.1"];
        assert_eq!(trusted(&said).expect("a list"), ["10.0.0.1/32", "2001:db8::/32", "192.0.2.1/32"]);
        assert!(trusted(&["--trusted-proxy", "proxy.example"]).is_err());
    }
}
