//! The program itself: JSON lines in and out, and the load mode.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers fail by panicking")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

struct Program {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    sip: String,
}

impl Program {
    fn run(arguments: &[&str]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_testphone"))
            .arg("run")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut program = Program { child, input, output, sip: String::new() };
        program.sip = program.wait("ready")["sip"].as_str().unwrap().to_owned();
        program
    }

    fn say(&mut self, op: &Value) {
        writeln!(self.input, "{op}").unwrap();
    }

    /// Reads on to the next such event.
    fn wait(&mut self, event: &str) -> Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "ended before {event}");
            let value: Value = serde_json::from_str(&line).unwrap();
            assert!(value["at_ms"].as_u64().unwrap() > 1_700_000_000_000, "{value}");
            if value["event"] == event {
                return value;
            }
            assert!(event == "error" || value["event"] != "error", "{value}");
        }
    }

    fn quit(mut self) {
        self.say(&json!({"op": "quit"}));
        assert!(self.child.wait().unwrap().success());
    }
}

#[test]
fn a_driver_calls_listens_and_hangs_up() {
    let mut callee = Program::run(&["--answer-tone-hz", "1000"]);
    let mut caller = Program::run(&[]);
    let to = format!("sip:400@{}", callee.sip);
    caller.say(&json!({"op": "call", "id": 1, "to": to, "from": "13800138000", "tone_hz": 800, "codec": "pcma"}));
    assert_eq!(caller.wait("answered")["id"], 1);
    let tone = json!({"op": "listen", "id": 1, "window_ms": 300, "hz": 1000});
    support::until_blocking("the tone", || {
        caller.say(&tone);
        caller.wait("heard")["snr_db"].as_f64().unwrap() > 25.0
    });
    caller.say(&json!({"op": "digit", "id": 1, "key": "1"}));
    assert_eq!(caller.wait("digit_sent")["key"], "1");
    let heard = callee.wait("digit_heard");
    assert_eq!((&heard["key"], &heard["length_ms"]), (&json!("1"), &json!(160)), "{heard}");
    caller.say(&json!({"op": "hold", "id": 1, "style": "inactive"}));
    assert_eq!(caller.wait("renegotiated")["id"], 1);
    caller.say(&json!({"op": "resume", "id": 1}));
    caller.wait("renegotiated");
    caller.say(&json!({"op": "bye", "id": 1}));
    assert_eq!(caller.wait("ended")["by"], "self");
    caller.say(&json!({"op": "stats", "id": 1}));
    let stats = caller.wait("stats");
    assert!(stats["received"].as_u64().unwrap() > 10 && stats["lost"] == 0, "{stats}");
    caller.quit();
    callee.quit();
}

#[test]
fn bad_lines_are_answered_with_what_is_wrong() {
    let mut program = Program::run(&[]);
    let rows = [
        (json!({"op": "bye", "id": 7}), "there is no call 7"),
        (json!({"op": "sing", "id": 7}), "unknown variant `sing`"),
        (json!({"op": "bye"}), "missing field `id`"),
        (json!({"op": "digit", "id": 1, "key": "12"}), "expected a character"),
        (json!({"op": "call", "id": 1, "to": "sip:x@host.example", "from": "1"}), "is not sip:USER@IP:PORT"),
        (
            json!({"op": "call", "id": 1, "to": "sip:x@127.0.0.1:9", "from": "1", "volume": 11}),
            "unknown field `volume`",
        ),
    ];
    for (op, expected) in rows {
        program.say(&op);
        let error = program.wait("error");
        assert!(error["error"].as_str().unwrap().contains(expected), "{op}: {error}");
        assert_eq!(error["op"], op["op"], "{error}");
    }
    writeln!(program.input, "hello").unwrap();
    assert!(program.wait("error")["error"].as_str().unwrap().contains("expected value"));
    program.quit();
}

#[test]
fn load_counts_and_its_exit_code_tells() {
    let callee = Program::run(&["--answer-tone-hz", "440"]);
    let load = |target: &str, calls: &str| {
        let holds = ["--menu-hold-ms", "300", "--queue-hold-ms", "300", "--half-digit", "1"];
        let output = Command::new(env!("CARGO_BIN_EXE_testphone"))
            .args(["load", "--target", target, "--to", "400", "--rate", "50", "--calls", calls])
            .args(holds)
            .output()
            .unwrap();
        (output.status.success(), serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let (success, summary) = load(&callee.sip, "30");
    assert!(success, "{summary}");
    assert_eq!(
        (&summary["answered"], &summary["queued"], &summary["by_code"]["200"]),
        (&json!(30), &json!(15), &json!(30))
    );
    callee.quit();
    // A phone that does not answer refuses with 480.
    let refuses = Program::run(&[]);
    let (success, summary) = load(&refuses.sip, "4");
    assert!(!success && summary["failed"] == 4 && summary["by_code"]["480"] == 4, "{summary}");
    refuses.quit();
}
