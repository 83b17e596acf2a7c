//! Bytes as the signs that every program leaves alone in an address (base64url without padding: RFC 4648, section 5),
//! and a check value over them.

use super::Damage;

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as text.
pub(super) fn signs(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let whole = chunk.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            out.push(char::from(SIGNS[(whole >> (18 - 6 * at)) as usize & 63]));
        }
    }
    out
}

/// Text as bytes. `before` characters stand before it in the link, for saying where something is wrong.
pub(super) fn bytes(text: &str, before: usize) -> Result<Vec<u8>, Damage> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0_u32, 0);
    for (at, sign) in text.char_indices() {
        let value = value(sign).ok_or(Damage::Sign { at: before + at + 1, sign })?;
        held = held << 6 | value;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 255) as u8);
            held &= (1 << bits) - 1;
        }
    }
    // A single sign too many, or bits where there should be none: not what is ever written.
    if bits >= 6 || held != 0 {
        return Err(Damage::EndsEarly { at: before + text.len() });
    }
    Ok(out)
}

fn value(sign: char) -> Option<u32> {
    let value = match sign {
        'A'..='Z' => u32::from(sign) - u32::from('A'),
        'a'..='z' => u32::from(sign) - u32::from('a') + 26,
        '0'..='9' => u32::from(sign) - u32::from('0') + 52,
        '-' => 62,
        '_' => 63,
        _ => return None,
    };
    Some(value)
}

/// CRC-16 with the polynomial 0x1021 from 0xFFFF (known as CCITT-FALSE): finds every change within 16 bits in a row,
/// and all but one in 65,536 of the others.
pub(super) fn check(parts: [&[u8]; 2]) -> u16 {
    parts.concat().into_iter().fold(0xFFFF, |check, byte| {
        (0..8).fold(check ^ u16::from(byte) << 8, |check, _| check << 1 ^ if check >> 15 == 1 { 0x1021 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards() {
        // RFC 4648, section 10, without padding; and the usual check of a CRC.
        for (plain, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")] {
            assert_eq!(signs(plain.as_bytes()), text);
            assert_eq!(bytes(text, 0), Ok(plain.as_bytes().to_vec()));
        }
        assert_eq!(signs(&[0xFB, 0xFF]), "-_8");
        assert_eq!(check([b"1234", b"56789"]), 0x29B1);
    }

    #[test]
    fn what_is_never_written_is_refused() {
        assert_eq!(bytes("Zm9+", 10), Err(Damage::Sign { at: 14, sign: '+' }));
        assert_eq!(bytes("Z", 10), Err(Damage::EndsEarly { at: 11 }));
        assert_eq!(bytes("Zh", 10), Err(Damage::EndsEarly { at: 12 }));
    }
}
