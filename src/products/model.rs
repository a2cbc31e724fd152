//! A product and its form. Pure: the browser and the server find the same problems.

use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::i18n::fold::search_key;
use crate::i18n::{Currency, Locale, Money};
use crate::id::ProductId;
use serde::{Deserialize, Serialize};

/// Longest name of a product and of its series.
pub const LINE: u32 = 200;

/// Everything about a product that somebody can change; events compare and restore exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct ProductFacts {
    pub name: String,
    /// The series it belongs to; may be empty.
    pub series: String,
    /// The list price in minor units; optional.
    pub price: Option<i64>,
    pub currency: Currency,
    /// Whether it is offered in forms. Deals keep a product that is no longer offered.
    pub active: bool,
}

impl ProductFacts {
    /// Whether people would take the two for the same product.
    #[must_use]
    pub fn is_called_like(&self, other: &Self) -> bool {
        let called = |facts: &Self| (search_key(&facts.name), search_key(&facts.series));
        called(self) == called(other)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Product {
    pub id: ProductId,
    pub version: i64,
    #[cfg_attr(feature = "ssr", sqlx(flatten))]
    pub facts: ProductFacts,
}

/// The products that a page shows, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    pub products: Vec<Product>,
    pub more: usize,
    /// The firm's currency, for new products.
    pub currency: Currency,
}

/// The form's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    /// The version that was read; empty for a new product.
    pub version: String,
    pub name: String,
    pub series: String,
    pub price: String,
    pub currency: String,
}

impl ProductForm {
    /// The form filled with a product, written in that language.
    #[must_use]
    pub fn of(product: &Product, locale: Locale) -> Self {
        let facts = &product.facts;
        let price = facts.price.map(|minor| Money::new(minor, facts.currency).typed(locale));
        Self {
            version: product.version.to_string(),
            name: facts.name.clone(),
            series: facts.series.clone(),
            price: price.unwrap_or_default(),
            currency: facts.currency.code().to_owned(),
        }
    }

    /// The parsed form, as a product that is on offer.
    ///
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self) -> Result<ProductFacts, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = wrong.line("name", &self.name, LINE);
        if name.is_empty() {
            wrong.add("name", Problem::Required);
        }
        let series = wrong.line("series", &self.series, LINE);
        let currency = Currency::parse(&self.currency).or_else(|| wrong.at("currency", Problem::BadCurrency));
        let price = currency.and_then(|currency| wrong.amount("price", &self.price, currency));
        match currency {
            Some(currency) if wrong.0.is_empty() => {
                Ok(ProductFacts { name, series, price, currency, active: true })
            }
            _ => Err(wrong.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, price: &str) -> ProductForm {
        ProductForm {
            name: name.into(),
            price: price.into(),
            currency: "TRY".into(),
            ..ProductForm::default()
        }
    }

    #[test]
    fn a_product_needs_a_name_and_may_have_a_price() {
        let read = |name, price| form(name, price).parse().map(|facts| (facts.name, facts.price));
        assert_eq!(read(" Kapı  kolu ", "1.250,50"), Ok(("Kapı kolu".into(), Some(125_050))));
        assert_eq!(read("Montaj", ""), Ok(("Montaj".into(), None)));
        let field = |wrong: Vec<FieldProblem>| wrong.into_iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(read("", "çok").map_err(field), Err(vec!["name".into(), "price".into()]));
        assert_eq!(read("x", "-5").map_err(field), Err(vec!["price".into()]));
        assert_eq!(read(&"x".repeat(201), "").map_err(field), Err(vec!["name".into()]));
    }

    #[test]
    fn letters_and_accents_do_not_make_another_product() {
        let facts = |name: &str| form(name, "").parse().expect("a product");
        assert!(facts("İNCE KAPI").is_called_like(&facts("ince kapı")));
        assert!(!facts("Kapı 1").is_called_like(&facts("Kapı 2")));
    }
}
