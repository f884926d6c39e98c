//! Decides the requests of a file by the policies of another with Cedar's own authorizer, again and again.
//! Prints JSON: the outcomes of all, and how many nanoseconds one decision took in each turn.
use cedar_policy::*;
use std::time::{Duration, Instant};

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let policies: PolicySet = std::fs::read_to_string(&files[0]).unwrap().parse().unwrap();
    let asked: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&files[1]).unwrap()).unwrap();
    let requests: Vec<Request> = asked["requests"].as_array().unwrap().iter().map(request).collect();
    let authorizer = Authorizer::new();
    let entities = Entities::empty();

    let outcomes: Vec<String> = requests
        .iter()
        .map(|one| outcome(&policies, &authorizer.is_authorized(one, &policies, &entities)))
        .collect();
    let mut nanos = Vec::new();
    for _ in 0..10 {
        let begun = Instant::now();
        let mut decided = 0u64;
        while begun.elapsed() < Duration::from_millis(500) {
            for one in &requests {
                std::hint::black_box(authorizer.is_authorized(one, &policies, &entities));
            }
            decided += requests.len() as u64;
        }
        nanos.push(begun.elapsed().as_nanos() as f64 / decided as f64);
    }
    // The first turns warm up.
    println!("{}", serde_json::json!({"outcomes": outcomes, "nanos": nanos[3..]}));
}

fn request(asked: &serde_json::Value) -> Request {
    let context = serde_json::json!({
        "time": asked["time"], "located": asked["located"], "registered": asked["registered"]});
    Request::new(
        uid("Client", "any"),
        uid("Action", asked["activity"].as_str().unwrap()),
        uid("Product", asked["product"].as_str().unwrap()),
        Context::from_json_value(context, None).unwrap(),
        None,
    )
    .unwrap()
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.parse().unwrap(), EntityId::new(id))
}

/// A refusal is certain, and so goes before what cannot be told.
fn outcome(policies: &PolicySet, response: &Response) -> String {
    assert!(response.diagnostics().errors().next().is_none());
    let mut named: Vec<&str> = response
        .diagnostics()
        .reason()
        .map(|id| policies.annotation(id, "outcome").unwrap())
        .collect();
    named.sort();
    named[0].to_string()
}
