//! How large files are: as they are, and as they travel.

use std::io::Write;

use crate::failure::{Doing, Failure};

/// A size in bytes: plain, gzip and brotli.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

/// Compresses as a server that holds compressed files ready does: as small as it goes.
pub(crate) fn measure(bytes: &[u8]) -> Result<Sizes, Failure> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes).doing("gzip")?;
    let gzip = gzip.finish().doing("gzip")?;
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &parameters).doing("brotli")?;
    Ok(Sizes { raw: bytes.len() as u64, gzip: gzip.len() as u64, brotli: brotli.len() as u64 })
}

/// A table with a line per file and the sum.
pub(crate) fn table(rows: &[(String, Sizes)]) -> String {
    let all = total(rows);
    let sum = ("in all".to_owned(), all);
    let width = rows.iter().chain([&sum]).map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let line = |name: &str, cells: [String; 3]| {
        let [raw, gzip, brotli] = cells;
        format!("{name:<width$}  {raw:>10}  {gzip:>10}  {brotli:>10}\n")
    };
    let cells = |sizes: &Sizes| [sizes.raw, sizes.gzip, sizes.brotli].map(kilobytes);
    let mut text = line("", ["raw", "gzip", "brotli"].map(str::to_owned));
    for (name, sizes) in rows.iter().chain([&sum]) {
        text += &line(name, cells(sizes));
    }
    text
}

pub(crate) fn total(rows: &[(String, Sizes)]) -> Sizes {
    rows.iter().fold(Sizes::default(), |sum, (_, sizes)| Sizes {
        raw: sum.raw + sizes.raw,
        gzip: sum.gzip + sizes.gzip,
        brotli: sum.brotli + sizes.brotli,
    })
}

/// `12.3 KB`, with 1 KB = 1000 bytes.
pub(crate) fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_are_rounded_to_a_tenth() {
        assert_eq!(kilobytes(0), "0.0 KB");
        assert_eq!(kilobytes(1_049), "1.0 KB");
        assert_eq!(kilobytes(1_050), "1.1 KB");
        assert_eq!(kilobytes(200_000), "200.0 KB");
    }

    #[test]
    fn the_table_lines_up_and_sums_up() {
        let sizes = Sizes { raw: 2_000, gzip: 1_000, brotli: 900 };
        let rows = [("index.html".to_owned(), sizes), ("a.js".to_owned(), sizes)];
        let text = table(&rows);
        assert!(text.contains("in all          4.0 KB      2.0 KB      1.8 KB\n"), "{text}");
        let widths: Vec<usize> = text.lines().map(str::len).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
    }

    #[test]
    fn repetition_travels_light() {
        let sizes = measure(&[b'a'; 10_000]).unwrap();
        assert_eq!(sizes.raw, 10_000);
        assert!(sizes.gzip < 100 && sizes.brotli < sizes.gzip);
    }
}
