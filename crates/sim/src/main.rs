//! `sim [faults] SEED`: one run of the simulator, again and exactly the same.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let faults = arguments.next_if(|word| word == "faults").is_some();
    let (Some(Ok(seed)), None) = (arguments.next().map(|text| text.parse()), arguments.next()) else {
        eprintln!("usage: sim [faults] SEED");
        return ExitCode::from(2);
    };
    let report = sim::run(seed, if faults { sim::Scale::FAULTS } else { sim::Scale::FULL });
    #[allow(clippy::print_stdout, reason = "what the program is for")]
    {
        println!("{report}");
    }
    if report.violation.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
