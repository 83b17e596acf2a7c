//! Reading predicates, by recursive descent. One level of precedence is one function, from loose to close.

use super::tokens::{KEYWORDS, Token, split};
use super::{Comparison, MAX_DEPTH, Number, Place, Predicate, PredicateError};

/// What a part of a text stands for.
pub(super) enum Term {
    Truth(Predicate),
    Number(Number),
    /// `p.state`, which only makes sense in front of `=`.
    State(String),
    /// `cut`, which only makes sense in front of a comparison.
    Cut,
}

impl Term {
    fn what(&self) -> &'static str {
        match self {
            Self::Truth(_) => "a condition",
            Self::Number(_) => "a number",
            Self::State(_) => "a state",
            Self::Cut => "the cut",
        }
    }
}

pub(super) struct Parser {
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
}

impl Predicate {
    /// Reads a predicate.
    ///
    /// # Errors
    /// The first place that is wrong, with what was expected there.
    pub fn parse(text: &str) -> Result<Self, PredicateError> {
        let mut parser = Parser { tokens: split(text)?, at: 0, depth: 0 };
        let predicate = parser.condition()?;
        match parser.peek() {
            Token::End => Ok(predicate),
            Token::Word(_) | Token::Sign("(") => Err(parser.expected("and, or, or the end")),
            _ => Err(parser.expected("an operator or the end")),
        }
    }
}

impl Parser {
    /// A whole condition, where nothing else will do.
    fn condition(&mut self) -> Result<Predicate, PredicateError> {
        let column = self.column();
        let term = self.alternatives()?;
        truth(term, column)
    }

    pub(super) fn alternatives(&mut self) -> Result<Term, PredicateError> {
        let column = self.column();
        let mut term = self.conjunction()?;
        while self.take_word("or") {
            let first = truth(term, column)?;
            let column = self.column();
            let second = truth(self.conjunction()?, column)?;
            term = Term::Truth(Predicate::Or(Box::new(first), Box::new(second)));
        }
        Ok(term)
    }

    fn conjunction(&mut self) -> Result<Term, PredicateError> {
        let column = self.column();
        let mut term = self.negation()?;
        while self.take_word("and") {
            let first = truth(term, column)?;
            let column = self.column();
            let second = truth(self.negation()?, column)?;
            term = Term::Truth(Predicate::And(Box::new(first), Box::new(second)));
        }
        Ok(term)
    }

    fn negation(&mut self) -> Result<Term, PredicateError> {
        if !self.take_word("not") {
            return self.comparison();
        }
        let column = self.column();
        let inner = self.nested(Self::negation)?;
        Ok(Term::Truth(Predicate::Not(Box::new(truth(inner, column)?))))
    }

    fn comparison(&mut self) -> Result<Term, PredicateError> {
        let column = self.column();
        let first = self.sum()?;
        let sign = self.column();
        let Some(comparison) = self.take_comparison() else {
            return match first {
                Term::State(_) => Err(self.expected("= or !=, and the name of a state")),
                Term::Cut => Err(self.expected("a comparison such as =, and numbers of events as in (0,1)")),
                first => Ok(first),
            };
        };
        let predicate = match first {
            Term::Number(first) => {
                let column = self.column();
                let second = number(self.sum()?, column)?;
                Predicate::Compare(first, comparison, second)
            }
            Term::State(process) => {
                let equal = match comparison {
                    Comparison::Equal => true,
                    Comparison::Unequal => false,
                    _ => return Err(error(sign, format!("states are compared by = or !=, not by {comparison}"))),
                };
                Predicate::State { process, equal, label: self.label()? }
            }
            Term::Cut => Predicate::Cut(comparison, self.counts()?),
            Term::Truth(_) => return Err(error(column, "a condition cannot be compared; expected a number")),
        };
        let again = self.column();
        if self.take_comparison().is_some() {
            return Err(error(again, "expected and, or, or the end; two comparisons are joined by and"));
        }
        Ok(Term::Truth(predicate))
    }

    fn take_comparison(&mut self) -> Option<Comparison> {
        let comparison = match self.peek() {
            Token::Sign("<") => Comparison::Less,
            Token::Sign("<=") => Comparison::AtMost,
            Token::Sign("=") => Comparison::Equal,
            Token::Sign("!=") => Comparison::Unequal,
            Token::Sign(">=") => Comparison::AtLeast,
            Token::Sign(">") => Comparison::Greater,
            _ => return None,
        };
        self.at += 1;
        Some(comparison)
    }

    /// The numbers of events of a cut, as in `(0,1)`.
    fn counts(&mut self) -> Result<Vec<u32>, PredicateError> {
        const EXPECTED: &str = "numbers of events in parentheses, as in (0,1)";
        let mut counts = Vec::new();
        self.sign("(", EXPECTED)?;
        loop {
            let column = self.column();
            let Token::Number(count) = *self.peek() else { return Err(self.expected(EXPECTED)) };
            counts.push(u32::try_from(count).map_err(|_| error(column, format!("no process has {count} events")))?);
            self.at += 1;
            if !self.take_sign(",") {
                self.sign(")", ", or )")?;
                return Ok(counts);
            }
        }
    }

    /// A channel in parentheses.
    pub(super) fn place(&mut self) -> Result<Place, PredicateError> {
        self.sign("(", "( and a channel")?;
        let first = self.name("the name of a channel, or two processes as in P -> Q")?;
        let place = if self.take_sign("->") {
            Place::Between(first, self.name("the name of a process")?)
        } else {
            Place::Named(first)
        };
        self.sign(")", ")")?;
        Ok(place)
    }

    /// What follows `all` or `some`: a state, or a variable with a condition.
    pub(super) fn quantified(&mut self, every: bool) -> Result<Predicate, PredicateError> {
        const EXPECTED: &str = "the name of a state, or a variable as in p: p.balance > 0";
        let in_state = |label| if every { Predicate::EveryIn(label) } else { Predicate::SomeIn(label) };
        if self.take_word("in") {
            return Ok(in_state(self.label()?));
        }
        if matches!(self.peek(), Token::Number(_)) {
            return Ok(in_state(self.label()?));
        }
        let name = self.name(EXPECTED)?;
        if self.take_word("in") {
            return Ok(in_state(self.label()?));
        }
        if !self.take_sign(":") {
            return Ok(in_state(name));
        }
        let inner = Box::new(self.nested(Self::condition)?);
        Ok(if every { Predicate::Every(name, inner) } else { Predicate::Some(name, inner) })
    }

    /// The name of a state. Here a number is a name too.
    pub(super) fn label(&mut self) -> Result<String, PredicateError> {
        if let Token::Number(number) = *self.peek() {
            self.at += 1;
            return Ok(number.to_string());
        }
        self.name("the name of a state")
    }

    /// A name, which is no keyword unless it stands in quotes.
    pub(super) fn name(&mut self, expected: &str) -> Result<String, PredicateError> {
        let name = match self.peek() {
            Token::Quoted(name) => name.clone(),
            Token::Word(word) if !is_keyword(word) => word.clone(),
            Token::Word(word) => {
                let message = format!("expected {expected}, found {word}; if that is a name, write it in quotes");
                return Err(error(self.column(), message));
            }
            _ => return Err(self.expected(expected)),
        };
        self.at += 1;
        Ok(name)
    }

    /// Goes one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, PredicateError>,
    ) -> Result<T, PredicateError> {
        if self.depth == MAX_DEPTH {
            return Err(error(self.column(), format!("this is nested more than {MAX_DEPTH} times")));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.at].1
    }

    pub(super) fn peek_second(&self) -> &Token {
        self.tokens.get(self.at + 1).map_or(&Token::End, |(_, token)| token)
    }

    pub(super) fn column(&self) -> usize {
        self.tokens[self.at].0
    }

    /// Goes past a token that was looked at.
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Word(found) if found == word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn sign(&mut self, sign: &str, expected: &str) -> Result<(), PredicateError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.expected(expected)) }
    }

    pub(super) fn expected(&self, expected: &str) -> PredicateError {
        error(self.column(), format!("expected {expected}, found {}", self.peek()))
    }
}

pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

pub(super) fn error(column: usize, message: impl Into<String>) -> PredicateError {
    PredicateError { column, message: message.into() }
}

fn truth(term: Term, column: usize) -> Result<Predicate, PredicateError> {
    match term {
        Term::Truth(predicate) => Ok(predicate),
        other => Err(error(column, format!("expected a condition, found {}; compare it with something", other.what()))),
    }
}

/// The number that a term stands for.
pub(super) fn number(term: Term, column: usize) -> Result<Number, PredicateError> {
    match term {
        Term::Number(number) => Ok(number),
        other => Err(error(column, format!("expected a number, found {}", other.what()))),
    }
}
