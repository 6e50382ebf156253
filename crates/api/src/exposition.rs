//! Figures as Prometheus reads them: text format 0.0.4.

use std::fmt::Write;
use std::time::Duration;

/// `Content-Type` of the text.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A text in the making.
#[derive(Debug, Default)]
pub struct Exposition(String);

/// A label and its value.
pub type Label<'a> = (&'static str, &'a str);

impl Exposition {
    /// Something that goes up and down.
    pub fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.begin(name, help, "gauge");
        self.sample(name, &[], value);
    }

    /// Something that only grows; the name ends in `_total`.
    pub fn counter(&mut self, name: &str, help: &str, value: f64) {
        self.begin(name, help, "counter");
        self.sample(name, &[], value);
    }

    /// The same by a label, one sample each.
    pub fn gauges<'a>(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = (Label<'a>, f64)>) {
        self.begin(name, help, "gauge");
        samples.into_iter().for_each(|(label, value)| self.sample(name, &[label], value));
    }

    /// The same by a label, one sample each.
    pub fn counters<'a>(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = (Label<'a>, f64)>) {
        self.begin(name, help, "counter");
        samples.into_iter().for_each(|(label, value)| self.sample(name, &[label], value));
    }

    /// The head of a family whose samples follow.
    pub fn begin(&mut self, name: &str, help: &str, kind: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// The samples of one histogram: durations in seconds. `counts` has one more than `bounds`, for what lies beyond.
    pub fn histogram(&mut self, name: &str, labels: &[Label<'_>], bounds: &[Duration], counts: &[u64], sum: Duration) {
        let bounds: Vec<f64> = bounds.iter().map(Duration::as_secs_f64).collect();
        self.distribution(name, labels, &bounds, counts, sum.as_secs_f64());
    }

    /// The same of anything else that is measured.
    pub fn distribution(&mut self, name: &str, labels: &[Label<'_>], bounds: &[f64], counts: &[u64], sum: f64) {
        let bucket = format!("{name}_bucket");
        let mut below = 0;
        for (index, count) in counts.iter().enumerate() {
            below += count;
            let bound = bounds.get(index).map_or("+Inf".to_owned(), f64::to_string);
            let labels: Vec<Label<'_>> = labels.iter().copied().chain([("le", bound.as_str())]).collect();
            self.sample(&bucket, &labels, below as f64);
        }
        self.sample(&format!("{name}_sum"), labels, sum);
        self.sample(&format!("{name}_count"), labels, below as f64);
    }

    /// One line.
    pub fn sample(&mut self, name: &str, labels: &[Label<'_>], value: f64) {
        self.0.push_str(name);
        if !labels.is_empty() {
            let pairs: Vec<String> =
                labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
            let _ = write!(self.0, "{{{}}}", pairs.join(","));
        }
        let _ = writeln!(self.0, " {value}");
    }

    /// The whole text.
    pub fn into_text(self) -> String {
        self.0
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn every_kind_reads_as_the_format_says() {
        let mut text = Exposition::default();
        text.gauge("callisto_draining", "About to end.", 0.0);
        text.counters("callisto_refused_total", "Refused.", [(("status", "503"), 2.0)]);
        text.gauges("callisto_waiting", "Waiting.", [(("queue", "a \"b\" \\ c\nd"), 1.5)]);
        let bounds = [Duration::from_millis(1), Duration::from_millis(250)];
        text.begin("callisto_commit_seconds", "Commits.", "histogram");
        text.histogram("callisto_commit_seconds", &[], &bounds, &[3, 2, 1], Duration::from_millis(1_500));
        expect![[r##"
            # HELP callisto_draining About to end.
            # TYPE callisto_draining gauge
            callisto_draining 0
            # HELP callisto_refused_total Refused.
            # TYPE callisto_refused_total counter
            callisto_refused_total{status="503"} 2
            # HELP callisto_waiting Waiting.
            # TYPE callisto_waiting gauge
            callisto_waiting{queue="a \"b\" \\ c\nd"} 1.5
            # HELP callisto_commit_seconds Commits.
            # TYPE callisto_commit_seconds histogram
            callisto_commit_seconds_bucket{le="0.001"} 3
            callisto_commit_seconds_bucket{le="0.25"} 5
            callisto_commit_seconds_bucket{le="+Inf"} 6
            callisto_commit_seconds_sum 1.5
            callisto_commit_seconds_count 6
        "##]]
        .assert_eq(&text.into_text());
    }
}
