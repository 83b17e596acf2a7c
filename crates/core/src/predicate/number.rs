//! Reading what stands on either side of a comparison.

use super::parse::{Parser, Term, error, is_keyword, number};
use super::tokens::Token;
use super::{Number, Operation, Predicate, PredicateError};

const EXPECTED: &str = "a condition or a number, such as P.balance, P.state, empty(c), sent(c), total, cut or 50";

impl Parser {
    pub(super) fn sum(&mut self) -> Result<Term, PredicateError> {
        self.operations(Self::product, &[("+", Operation::Plus), ("-", Operation::Minus)])
    }

    fn product(&mut self) -> Result<Term, PredicateError> {
        self.operations(Self::signed, &[("*", Operation::Times)])
    }

    /// Operands with signs of one precedence between them, taken together from the left.
    fn operations(
        &mut self,
        operand: fn(&mut Self) -> Result<Term, PredicateError>,
        signs: &[(&str, Operation)],
    ) -> Result<Term, PredicateError> {
        let column = self.column();
        let mut term = operand(self)?;
        while let Some((_, operation)) = signs.iter().find(|(sign, _)| self.take_sign(sign)) {
            let first = number(term, column)?;
            let column = self.column();
            let second = number(operand(self)?, column)?;
            term = Term::Number(Number::Combined(Box::new(first), *operation, Box::new(second)));
        }
        Ok(term)
    }

    fn signed(&mut self) -> Result<Term, PredicateError> {
        if !self.take_sign("-") {
            return self.closed();
        }
        let column = self.column();
        let inner = number(self.nested(Self::signed)?, column)?;
        Ok(Term::Number(Number::Negative(Box::new(inner))))
    }

    /// What needs no parentheses.
    fn closed(&mut self) -> Result<Term, PredicateError> {
        let word = match self.peek() {
            Token::Number(value) => {
                let literal = Number::Literal(*value);
                self.advance();
                return Ok(Term::Number(literal));
            }
            Token::Sign("(") => {
                self.advance();
                let inner = self.nested(Self::alternatives)?;
                self.sign(")", ")")?;
                return Ok(inner);
            }
            Token::Quoted(_) => return self.about_process(),
            Token::Word(word) => word.clone(),
            _ => return Err(self.expected(EXPECTED)),
        };
        if !is_keyword(&word) {
            // A process may be called x as well.
            let process =
                matches!(self.peek_second(), Token::Sign(".")) || *self.peek_second() == Token::Word("in".into());
            if word == "x" && !process {
                self.advance();
                return Ok(Term::Cut);
            }
            return self.about_process();
        }
        let column = self.column();
        self.advance();
        Ok(match word.as_str() {
            "true" => Term::Truth(Predicate::Constant(true)),
            "false" => Term::Truth(Predicate::Constant(false)),
            "total" => Term::Number(Number::Total),
            "cut" => Term::Cut,
            "sent" => Term::Number(Number::Sent(self.place()?)),
            "received" => Term::Number(Number::Received(self.place()?)),
            "in_transit" => Term::Number(Number::InTransit(self.place()?)),
            "empty" => Term::Truth(Predicate::Empty(self.place()?)),
            "all" => Term::Truth(self.quantified(true)?),
            "some" => Term::Truth(self.quantified(false)?),
            _ => return Err(error(column, format!("expected {EXPECTED}, found {word}"))),
        })
    }

    /// `P.balance` and the like.
    fn about_process(&mut self) -> Result<Term, PredicateError> {
        let process = self.name("the name of a process")?;
        if self.take_word("in") {
            let label = self.label()?;
            return Ok(Term::Truth(Predicate::State { process, equal: true, label }));
        }
        self.sign(".", &format!(".balance, .state, .events or in after {process}"))?;
        let term = match self.peek() {
            Token::Word(word) if word == "balance" => Term::Number(Number::Balance(process)),
            Token::Word(word) if word == "events" => Term::Number(Number::Events(process)),
            Token::Word(word) if word == "state" => Term::State(process),
            _ => return Err(self.expected("balance, state or events")),
        };
        self.advance();
        Ok(term)
    }
}
