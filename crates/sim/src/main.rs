//! `sim SEED`: one run of the simulator, again and exactly the same.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(Ok(seed)), None) = (arguments.next().map(|text| text.parse()), arguments.next()) else {
        eprintln!("usage: sim SEED");
        return ExitCode::from(2);
    };
    let report = sim::run(seed, sim::Scale::FULL);
    #[allow(clippy::print_stdout, reason = "what the program is for")]
    {
        println!("{report}");
    }
    if report.violation.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
