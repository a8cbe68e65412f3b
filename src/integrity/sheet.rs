//! The evidence sheet.
