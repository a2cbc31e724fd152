//! Tests of what a person does, through the front door, on SQLite and on PostgreSQL. Pure rules are tested beside themselves.

mod activities;
mod board;
mod browser;
mod customers;
mod deals;
mod deals_forms;
mod deals_shown;
mod export;
mod extremes;
mod faults;
mod history;
mod ids;
mod import;
mod keeping;
mod live;
mod palette;
mod people;
mod permissions;
mod pipelines;
mod races;
mod sample;
mod sign_in;
mod tasks;
mod tasks_forms;
mod tidy;
mod trash;
pub mod world;
