//! Takes out of a program what only the message of a panic needs: it goes nowhere.
//!
//! A panic ends the program whatever it says, and the page tells of it in its own words. The message could
//! hold a piece of a log, so no console may have it. Without it a twentieth of the program has no use.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context, Result};
use wasm_encoder::{CodeSection, Function, Instruction, Module, RawSection};
use wasmparser::{DataKind, KnownCustom, Name, Operator, Parser, Payload};

/// The functions that only a panic calls, by the start of their names, without the hashes in them.
const ENDS: &[&str] = &[
    "__rustc::rust_panic",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::handle_error",
    "core::cell::panic_already_borrowed",
    "core::cell::panic_already_mutably_borrowed",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "core::str::slice_error_fail",
    // Nobody writes a number with a point but the messages below: whoever begins to will see it in the first test.
    "f64 as core::fmt::Debug>::fmt",
    "f64 as core::fmt::Display>::fmt",
    "std::panicking::panic_handler",
    "std::panicking::panic_with_hook",
    "std::thread::local::panic_access_error",
];

/// What errors of deserialising say of a value that was not expected. Nobody is told: they write nothing.
const MUTE: &[&str] = &[
    "serde_core::de::Unexpected as core::fmt::Display>::fmt",
    "serde_core::de::WithDecimalPoint as core::fmt::Display>::fmt",
];

/// Lines and columns of source files are below these.
const LINES: u32 = 20_000;
const COLUMNS: u32 = 400;

/// Where a panic would say that it was: the address and length of a path, a line, a column.
const LOCATION: usize = 16;

/// The program with functions that end it at once, and without the places they would name. It must
/// have the names of its functions; they are gone too.
pub fn without_messages(program: &[u8]) -> Result<Vec<u8>> {
    let instead = replaced(program)?;
    let mut data = program.to_vec();
    for place in locations(program)? {
        data.get_mut(place).context("a segment outside the program")?.fill(0);
    }
    let mut module = Module::new();
    let mut code = CodeSection::new();
    let (mut next, mut last) = (0, 0);
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(imports) => {
                let functions = imports.clone().into_imports().filter(|import| {
                    import.as_ref().is_ok_and(|import| matches!(import.ty, wasmparser::TypeRef::Func(_)))
                });
                next += u32::try_from(functions.count())?;
                module.section(&raw(&payload, &data)?);
            }
            Payload::CodeSectionStart { count, .. } => last = next + count,
            Payload::CodeSectionEntry(body) => {
                if let Some(instead) = instead.get(&next) {
                    let mut function = Function::new([]);
                    function.instruction(instead).instruction(&Instruction::End);
                    code.function(&function);
                } else {
                    code.raw(part(&data, body.range())?);
                }
                next += 1;
                if next == last {
                    module.section(&code);
                }
            }
            Payload::CustomSection(_) => {}
            section if section.as_section().is_some() => _ = module.section(&raw(&payload, &data)?),
            _ => {}
        }
    }
    Ok(module.finish())
}

fn raw<'d>(payload: &Payload<'_>, data: &'d [u8]) -> Result<RawSection<'d>> {
    let (id, range) = payload.as_section().context("no section")?;
    Ok(RawSection { id, data: part(data, range)? })
}

fn part(data: &[u8], range: Range<u64>) -> Result<&[u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    data.get(range).context("a part outside the program")
}

/// The numbers of the functions that only messages call, and the one instruction that is left of each.
fn replaced(program: &[u8]) -> Result<HashMap<u32, Instruction<'static>>> {
    let mut found = HashMap::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for names in names {
            let Name::Function(functions) = names? else { continue };
            for function in functions {
                let function = function?;
                let name = without_hashes(function.name);
                let is_one_of = |names: &[&str]| {
                    names.iter().any(|start| name.trim_start_matches('<').starts_with(start))
                };
                if is_one_of(ENDS) {
                    found.insert(function.index, Instruction::Unreachable);
                } else if is_one_of(MUTE) {
                    // `Ok(())`.
                    found.insert(function.index, Instruction::I32Const(0));
                }
            }
        }
    }
    Ok(found)
}

/// `core[c5930c85a12de822]::panicking` without what is in brackets.
fn without_hashes(name: &str) -> String {
    let mut depth = 0;
    name.chars()
        .filter(|character| {
            depth += i32::from(*character == '[') - i32::from(*character == ']');
            depth == 0 && *character != ']'
        })
        .collect()
}

/// Where in the program the places stand that a panic would name, and their paths.
fn locations(program: &[u8]) -> Result<Vec<Range<usize>>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        let Payload::DataSection(section) = payload? else { continue };
        for segment in section {
            let segment = segment?;
            if let DataKind::Active { offset_expr, .. } = segment.kind
                && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
            {
                // Addresses are unsigned, constants are not.
                segments.push((
                    value as u32 as usize,
                    segment.data,
                    usize::try_from(segment.range.end)? - segment.data.len(),
                ));
            }
        }
    }
    let place = |address: usize, length: usize| {
        segments.iter().find_map(|(start, data, at)| {
            let from = address.checked_sub(*start)?;
            data.get(from..from.checked_add(length)?).map(|bytes| (bytes, at + from))
        })
    };
    let mut found = Vec::new();
    for (start, data, at) in &segments {
        let mut from = start.wrapping_neg() % 4;
        while let Some(words) = data.get(from..from + LOCATION) {
            let word = |number: usize| {
                words
                    .chunks_exact(4)
                    .nth(number)
                    .map_or(0, |word| word.iter().rev().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)))
            };
            let (path, length, line, column) = (word(0) as usize, word(1) as usize, word(2), word(3));
            let is_place = (1..LINES).contains(&line) && (1..COLUMNS).contains(&column);
            match place(path, length).filter(|(text, _)| is_place && text.ends_with(b".rs")) {
                Some((_, path)) => {
                    found.extend([at + from..at + from + LOCATION, path..path + length]);
                    from += LOCATION;
                }
                None => from += 4,
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, DataSection, EntityType, FunctionSection, ImportSection, MemorySection, MemoryType,
        NameMap, NameSection, TypeSection,
    };

    /// Three functions, the first of them imported, with these names, and the data at an address.
    fn program(names: [&str; 3], address: i32, data: &[u8]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("x", "y", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut code = CodeSection::new();
        for _ in 0..2 {
            let mut body = Function::new([]);
            body.instruction(&Instruction::Call(0)).instruction(&Instruction::End);
            code.function(&body);
        }
        let mut segments = DataSection::new();
        segments.active(0, &ConstExpr::i32_const(address), data.iter().copied());
        let mut map = NameMap::new();
        (0..).zip(names).for_each(|(index, name)| map.append(index, name));
        let mut section = NameSection::new();
        section.functions(&map);
        module.section(&types).section(&imports).section(&functions).section(&memories);
        module.section(&code).section(&segments).section(&section);
        module.finish()
    }

    #[test]
    fn functions_of_panics_end_at_once_and_no_other() {
        let names =
            ["core::panicking::imported", "core[12ab]::panicking::panic_fmt", "core[12ab]::panic::other"];
        let cut = without_messages(&program(names, 8, b"")).unwrap();
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(&cut) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => bodies.push(part(&cut, body.range()).unwrap().to_vec()),
                Payload::CustomSection(_) => panic!("names are left"),
                _ => {}
            }
        }
        assert_eq!(bodies, [vec![0, 0x00, 0x0b], vec![0, 0x10, 0, 0x0b]]);
    }

    #[test]
    fn places_in_source_files_are_blank_and_other_words_stay() {
        let word = |number: u32| number.to_le_bytes();
        let mut data = b"src/a.rs".to_vec();
        let place = [word(1024), word(8), word(12), word(5)].concat();
        let other = [word(1024), word(7), word(12), word(5)].concat();
        data.extend(place.iter().chain(&other));
        let program = program(["", "", ""], 1024, &data);
        let cut = without_messages(&program).unwrap();
        assert!(program.windows(16).any(|words| words == place));
        assert!(!cut.windows(16).any(|words| words == place));
        assert!(!cut.windows(8).any(|text| text == b"src/a.rs"));
        assert!(cut.windows(16).any(|words| words == other));
    }
}
