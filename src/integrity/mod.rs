//! Whether log files are what CloudTrail delivered: digest files, their chains, their signatures.
//!
//! CloudTrail writes a digest file each hour for each trail and Region. It lists the log files of that
//! hour with the SHA-256 of their uncompressed bytes, and carries hash and signature of the digest file
//! before it (AWS: "Validating CloudTrail log file integrity", "CloudTrail digest file structure",
//! "Custom implementations of CloudTrail log file integrity validation"). So the signature of each
//! digest file is found in the next one; that of the newest is only in the metadata of its S3 object.
//!
//! [`Case`] takes what shards found of files ([`crate::protocol::FileEvidence`]), reads the documents
//! among them (`document`), compares (`listing`, `chain`), verifies (`rsa`) and judges (`judge`). It never
//! claims more than the bytes show: what no signature covers is called consistent at best, and what the
//! set cannot show is said in [`crate::protocol::IntegrityReport::limit`] whatever the verdict.
//!
//! Nothing here needs WebCrypto, which browsers give only to some pages.

mod calendar;
mod case;
mod chain;
mod digest;
mod document;
mod encoding;
mod hasher;
mod judge;
mod keys;
mod lake;
mod modulus;
mod name;
mod rsa;
mod sheet;

mod sum;
mod words;

pub use case::Case;
pub use document::holds_keys;
pub use hasher::{Bytes, Hasher, Unpacked};

pub use sheet::{Sheet, evidence_sheet};
pub use sum::Sum;
