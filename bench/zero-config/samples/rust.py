"""Rust, as each framework's first page shows it, in a package that `cargo new` made."""
from sample import Sample, run, write

TESTS = '''
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_greets() {
        assert!(greeting().starts_with("H"));
    }

    #[test]
    fn it_is_short() {
        assert!(greeting().len() < 80);
    }
}
'''
GREETING = '''
fn greeting() -> &'static str {
    "Hello from %s"
}
'''


def package(folder, name, *dependencies, lib=False):
    run(folder, "cargo", "init", "--vcs", "none", "--name", name, *(["--lib"] if lib else []))
    for each in dependencies:
        run(folder, "cargo", "add", *each.split())


def lock(folder):
    run(folder, "cargo", "generate-lockfile")


def axum(folder):
    package(folder, "rust-axum", "axum@0.8", "tokio@1 --features full")
    write(folder, **{"src/main.rs": '''use axum::{routing::get, Router};
''' + GREETING % "axum" + '''
#[tokio::main]
async fn main() {
    let app = Router::new().route("/", get(|| async { greeting() }));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
''' + TESTS})
    lock(folder)


def actix(folder):
    package(folder, "rust-actix", "actix-web@4")
    write(folder, **{"src/main.rs": '''use actix_web::{get, App, HttpResponse, HttpServer, Responder};
''' + GREETING % "actix" + '''
#[get("/")]
async fn hello() -> impl Responder {
    HttpResponse::Ok().body(greeting())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(hello))
        .bind(("127.0.0.1", 8080))?
        .run()
        .await
}
''' + TESTS})
    lock(folder)


def rocket(folder):
    package(folder, "rust-rocket", "rocket@0.5")
    write(folder, **{"src/main.rs": '''#[macro_use] extern crate rocket;
''' + GREETING % "rocket" + '''
#[get("/")]
fn index() -> &'static str {
    greeting()
}

#[launch]
fn rocket() -> _ {
    rocket::build().mount("/", routes![index])
}
''' + TESTS})
    lock(folder)


def workspace(folder):
    write(folder, **{"Cargo.toml": '[workspace]\nmembers = ["crates/*"]\nresolver = "3"\n'})
    for name in ("greetings", "server"):
        (folder / "crates" / name).mkdir(parents=True)
    package(folder / "crates/greetings", "greetings", lib=True)
    write(folder, **{"crates/greetings/src/lib.rs": (GREETING % "warp").replace("\nfn", "pub fn") + TESTS})
    package(folder / "crates/server", "server", "warp@0.4 --features server", "tokio@1 --features full", "--path ../greetings")
    write(folder, **{"crates/server/src/main.rs": '''use warp::Filter;

#[tokio::main]
async fn main() {
    let hello = warp::path::end().map(greetings::greeting);
    warp::serve(hello).run(([127, 0, 0, 1], 3030)).await;
}
'''})
    lock(folder)


def sample(name, make, file, words):
    return Sample(name, make, "Hello from " + words, (file, "Hello from " + words, "Hi from " + words), "Hi from " + words, tests=2)


SAMPLES = [sample("rust-axum", axum, "src/main.rs", "axum"), sample("rust-actix", actix, "src/main.rs", "actix"),
           sample("rust-rocket", rocket, "src/main.rs", "rocket"),
           sample("rust-workspace", workspace, "crates/greetings/src/lib.rs", "warp")]
