//! Breaking inputs in the ways parsers break: bits, lengths, repetition, and what stands where in a text.

/// Numbers that are the same each time.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A series by its seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed | 1)
    }

    /// A number from zero to below `sides`; zero when there are none.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides.max(1) as u64)).unwrap_or(0)
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap_or(0)
    }
}

/// What breaks parsers of texts and of numbers.
const TOKENS: [&[u8]; 26] = [
    b"",
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\0\0\0",
    b"-1",
    b"0",
    b"65536",
    b"4294967296",
    b"18446744073709551616",
    b"\r\n",
    b"\r\n\r\n",
    b"\r\n ",
    b"\"",
    b"\\",
    b"<",
    b">",
    b";",
    b",",
    b"=",
    b"@",
    b":",
    b"%",
    b"%00",
    b"{[",
    "\u{202e}\u{feff}".as_bytes(),
];
/// The most changes of one input.
const CHANGES_MAX: usize = 6;
/// The longest repetition.
const REPEATS_MAX: usize = 2_048;

/// One broken input, made of one or two of these.
pub fn mutated(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus.get(dice.roll(corpus.len())).cloned().unwrap_or_default();
    for _ in 0..=dice.roll(CHANGES_MAX) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(48)).min(bytes.len());
        match dice.roll(9) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
            1 => {
                let byte = dice.byte();
                bytes.splice(at..end, [byte]);
            }
            2 => bytes.truncate(at),
            3 => {
                bytes.drain(at..end);
            }
            4 => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                bytes.splice(at..end, token.iter().copied());
            }
            5 => {
                let token = TOKENS[dice.roll(TOKENS.len())].repeat(1 + dice.roll(REPEATS_MAX));
                bytes.splice(at..at, token);
            }
            6 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            7 => {
                // A length or count of one, two or four bytes that lies.
                for byte in bytes.iter_mut().skip(at).take(1 << dice.roll(3)) {
                    *byte = dice.byte();
                }
            }
            _ => {
                let other = &corpus[dice.roll(corpus.len())];
                let from = dice.roll(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_inputs_and_another_seed_others() {
        let corpus = vec![b"INVITE sip:a@b SIP/2.0\r\n\r\n".to_vec(), vec![0, 1, 2, 3]];
        let series = |seed: u64| -> Vec<Vec<u8>> {
            let mut dice = Dice::new(seed);
            (0..200).map(|_| mutated(&corpus, &mut dice)).collect()
        };
        assert_eq!(series(1), series(1));
        assert_ne!(series(1), series(3));
        let different: std::collections::BTreeSet<Vec<u8>> = series(1).into_iter().collect();
        assert!(different.len() > 150, "{}", different.len());
    }

    #[test]
    fn a_parser_that_breaks_is_found() {
        // Breaks on a count that leads beyond the end, as careless parsers do.
        let found = std::panic::catch_unwind(|| {
            crate::replay("media/dtmf", |bytes| {
                if let [first, rest @ ..] = bytes {
                    assert!(usize::from(*first) <= rest.len() || *first > 250 || rest.len() < 3);
                }
            })
        });
        assert!(found.is_err());
        let _ = std::fs::remove_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/failures/media/dtmf"));
    }
}
