//! Processes that hold money and transfer it: no money is made, none is lost, so every consistent global state
//! holds as much as the first.

use super::{LocalState, Offer, Payload};
use crate::ids::ProcessId;
use crate::rejected::Rejected;

/// The most money that a bank may hold in all. Keeps every sum far inside 64 bits, and inside the whole numbers
/// that JavaScript can hold.
pub const MAX_MONEY: i64 = 1_000_000_000_000;

/// What each process has at the start, and how often it may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    initial: Vec<LocalState>,
}

impl Bank {
    /// A bank with these balances, in which everybody may send as often as there is money. None if a balance is
    /// negative or all together exceed [`MAX_MONEY`].
    #[must_use]
    pub fn new(initial: Vec<i64>) -> Option<Self> {
        Self::with_budgets(initial.into_iter().map(|amount| (amount, None)))
    }

    /// A bank with these balances and, where one is given, this number of sends. None if a balance is negative or
    /// all together exceed [`MAX_MONEY`].
    pub fn with_budgets(initial: impl IntoIterator<Item = (i64, Option<u32>)>) -> Option<Self> {
        let mut total = 0_i64;
        let mut states = Vec::new();
        for (amount, sends) in initial {
            total = total.checked_add(amount)?;
            if amount < 0 || total > MAX_MONEY {
                return None;
            }
            states.push(match sends {
                None => LocalState::Money(amount),
                Some(sends_left) => LocalState::Budgeted { amount, sends_left },
            });
        }
        Some(Self { initial: states })
    }

    pub(super) fn initial(&self) -> Vec<LocalState> {
        self.initial.clone()
    }

    pub(super) fn send(process: ProcessId, state: LocalState, payload: Payload) -> Result<LocalState, Rejected> {
        let has = amount_of(state);
        let wanted = payload.0;
        if wanted < 1 {
            return Err(Rejected::NotAnAmount(wanted));
        }
        if wanted > has {
            return Err(Rejected::NotEnough { process, has, wanted });
        }
        match state {
            LocalState::Budgeted { sends_left: 0, .. } => Err(Rejected::NoSendsLeft { process }),
            LocalState::Budgeted { sends_left, .. } => {
                Ok(LocalState::Budgeted { amount: has - wanted, sends_left: sends_left - 1 })
            }
            _ => Ok(LocalState::Money(has - wanted)),
        }
    }

    pub(super) fn receive(state: LocalState, payload: Payload) -> LocalState {
        let amount = amount_of(state) + payload.0;
        match state {
            LocalState::Budgeted { sends_left, .. } => LocalState::Budgeted { amount, sends_left },
            _ => LocalState::Money(amount),
        }
    }

    pub(super) fn offers(state: LocalState) -> Vec<Offer> {
        match state {
            LocalState::Budgeted { sends_left: 0, .. } => Vec::new(),
            _ => match amount_of(state) {
                0 => Vec::new(),
                most => vec![Offer::Amount { most }],
            },
        }
    }
}

fn amount_of(state: LocalState) -> i64 {
    match state {
        LocalState::Money(amount) | LocalState::Budgeted { amount, .. } => amount,
        _ => 0,
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
    fn a_budget_is_used_up_by_sending_alone() {
        let once = LocalState::Budgeted { amount: 5, sends_left: 1 };
        let never = LocalState::Budgeted { amount: 3, sends_left: 0 };
        assert_eq!(Bank::send(P, once, Payload(2)), Ok(never));
        assert_eq!(Bank::send(P, never, Payload(1)), Err(Rejected::NoSendsLeft { process: P }));
        assert_eq!(Bank::offers(never), []);
        assert_eq!(Bank::receive(never, Payload(4)), LocalState::Budgeted { amount: 7, sends_left: 0 });
    }

    #[test]
    fn too_much_money_and_debts_are_refused() {
        assert!(Bank::new(vec![MAX_MONEY, 0]).is_some());
        assert!(Bank::new(vec![MAX_MONEY, 1]).is_none());
        assert!(Bank::new(vec![i64::MAX, i64::MAX]).is_none());
        assert!(Bank::new(vec![-1, 5]).is_none());
    }
}
