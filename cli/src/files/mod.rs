//! What people keep in files: rows as JSON, customers as a spreadsheet writes them, requests.

pub mod requests;
pub mod row_files;
pub mod spreadsheet;
