//! Processes that hold money and transfer it: no money is made, none is lost, so every consistent global state
//! holds as much as the first.

use super::{LocalState, Offer, Payload};
use crate::ids::ProcessId;
use crate::rejected::Rejected;

/// The most money that a bank may hold in all. Keeps every sum far inside 64 bits, and inside the whole numbers
/// that JavaScript can hold.
pub const MAX_MONEY: i64 = 1_000_000_000_000;

/// What each process has at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    initial: Vec<i64>,
}

impl Bank {
    /// A bank with these balances. None if one is negative or all together exceed [`MAX_MONEY`].
    #[must_use]
    pub fn new(initial: Vec<i64>) -> Option<Self> {
        let total = initial.iter().try_fold(0_i64, |sum, amount| sum.checked_add(*amount))?;
        (initial.iter().all(|amount| *amount >= 0) && total <= MAX_MONEY).then_some(Self { initial })
    }

    pub(super) fn initial(&self) -> Vec<LocalState> {
        self.initial.iter().map(|amount| LocalState::Money(*amount)).collect()
    }

    pub(super) fn send(process: ProcessId, state: LocalState, payload: Payload) -> Result<LocalState, Rejected> {
        let has = amount_of(state);
        let wanted = payload.0;
        if wanted < 1 {
            Err(Rejected::NotAnAmount(wanted))
        } else if wanted > has {
            Err(Rejected::NotEnough { process, has, wanted })
        } else {
            Ok(LocalState::Money(has - wanted))
        }
    }

    pub(super) fn receive(state: LocalState, payload: Payload) -> LocalState {
        LocalState::Money(amount_of(state) + payload.0)
    }

    pub(super) fn offers(state: LocalState) -> Vec<Offer> {
        match amount_of(state) {
            0 => Vec::new(),
            most => vec![Offer::Amount { most }],
        }
    }
}

fn amount_of(state: LocalState) -> i64 {
    match state {
        LocalState::Money(amount) => amount,
        LocalState::Label(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: ProcessId = ProcessId(0);

    #[test]
    fn a_process_sends_what_it_has_and_no_more() {
        let has_5 = LocalState::Money(5);
        assert_eq!(Bank::send(P, has_5, Payload(5)), Ok(LocalState::Money(0)));
        assert_eq!(Bank::send(P, has_5, Payload(6)), Err(Rejected::NotEnough { process: P, has: 5, wanted: 6 }));
        assert_eq!(Bank::send(P, has_5, Payload(0)), Err(Rejected::NotAnAmount(0)));
        assert_eq!(Bank::receive(has_5, Payload(7)), LocalState::Money(12));
    }

    #[test]
    fn too_much_money_and_debts_are_refused() {
        assert!(Bank::new(vec![MAX_MONEY, 0]).is_some());
        assert!(Bank::new(vec![MAX_MONEY, 1]).is_none());
        assert!(Bank::new(vec![i64::MAX, i64::MAX]).is_none());
        assert!(Bank::new(vec![-1, 5]).is_none());
    }
}
