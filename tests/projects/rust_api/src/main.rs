use serde::Serialize;

#[derive(Serialize)]
struct Greeting<'a> {
    hello: &'a str,
}

fn main() {
    println!("{}", serde_json::to_string(&Greeting { hello: "world" }).unwrap());
}
