//! One server for one SQLite file.

use super::{Folder, Server, address, firm, refused, run, stats, well};

#[test]
fn a_second_server_is_refused_and_says_who_is_there() {
    let folder = Folder::new();
    let file = folder.file("kartotek.db");
    firm(&file);
    let server = Server::of(&file);
    let link = folder.file("link.db");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    for file in [&file, &link] {
        let said = refused(&["serve", "--database", &address(file), "--listen", "127.0.0.1:0"]);
        let process = format!("process {} since 20", server.0.id());
        assert!(
            said.contains(&process) && said.contains(&*file.to_string_lossy()) && said.contains("PostgreSQL"),
            "{said}"
        );
    }
    // What is done soon works beside it.
    well(&["check", "--database", &address(&file)]);
    let backup = folder.file("beside.backup");
    well(&["backup", "--database", &address(&file), &backup.to_string_lossy()]);
    assert!(stats(&file).contains("customers"));
    well(&["user", "list", "--database", &address(&file)]);
    let said = refused(&["restore", "--replace", "--database", &address(&file), &backup.to_string_lossy()]);
    assert!(said.contains("in use") && said.contains(&format!("process {}", server.0.id())), "{said}");
    // A lock dies with its holder, however that dies.
    server.kill();
    Server::of(&file).kill();
    assert!(
        run(&["restore", "--replace", "--database", &address(&file), &backup.to_string_lossy()])
            .status
            .success()
    );
}
