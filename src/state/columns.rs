//! What the reader made of the events table and the rail: columns, their order and width, and facets
//! beside the usual ones.

use std::rc::Rc;

use crate::field::{ADDED, FIELDS, Field};
use crate::query::{Named, named};

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The time of the event.
    Time,
    /// What stands out.
    Marks,
    /// The value of a field, or of a path that [`Columns::name`] tells.
    Value(Field),
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it shows.
    pub shows: Shows,
    /// Its width in pixels; 0 leaves that to the table.
    pub width: u16,
}

/// Narrower and wider than this no column gets, in pixels.
pub const WIDTHS: (u16, u16) = (40, 1_200);

/// How many columns there can be.
const MOST: usize = 24;

/// The columns of a fresh page.
const USUAL: [Shows; 8] = [
    Shows::Time,
    Shows::Marks,
    Shows::Value(Field::EventSource),
    Shows::Value(Field::EventName),
    Shows::Value(Field::Principal),
    Shows::Value(Field::Resource),
    Shows::Value(Field::Failure),
    Shows::Value(Field::SourceIp),
];

/// The columns from left to right, and the facets that were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    list: Vec<Column>,
    facets: Vec<Field>,
    /// The paths behind [`ADDED`]; empty where a place is free.
    paths: Vec<Rc<str>>,
    /// The place that was taken last: a free one is used again as late as can be, for rows on the screen
    /// still hold values of what it stood for.
    last: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            list: USUAL.map(|shows| Column { shows, width: 0 }).to_vec(),
            facets: Vec::new(),
            paths: vec![Rc::default(); ADDED.len()],
            last: ADDED.len() - 1,
        }
    }
}

impl Columns {
    /// The columns from left to right.
    #[must_use]
    pub fn list(&self) -> &[Column] {
        &self.list
    }

    /// Facets beside the usual ones.
    #[must_use]
    pub fn facets(&self) -> &[Field] {
        &self.facets
    }

    /// Whether the columns are those of a fresh page, none of them with a width of its own.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        self.list.iter().map(|column| (column.shows, column.width)).eq(USUAL.map(|shows| (shows, 0)))
    }

    /// What a field is called in a query: the path where it stands for one.
    #[must_use]
    pub fn name(&self, field: Field) -> &str {
        field.added().and_then(|place| self.paths.get(place)).map_or(field.name(), |path| &**path)
    }

    /// What a column is called in the fragment, and in handles.
    #[must_use]
    pub fn name_of(&self, shows: Shows) -> &str {
        match shows {
            Shows::Time => "time",
            Shows::Marks => "marks",
            Shows::Value(field) => self.name(field),
        }
    }

    /// The field with this name, if it is known: of the registry, or an added path.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<Field> {
        let added = || self.paths.iter().position(|path| !name.is_empty() && path.eq_ignore_ascii_case(name));
        Field::by_name(name).or_else(|| ADDED.get(added()?).copied())
    }

    /// Whether there is such a column.
    #[must_use]
    pub fn has(&self, shows: Shows) -> bool {
        self.list.iter().any(|column| column.shows == shows)
    }

    /// The paths for the question, each at its place.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.paths.iter().map(|path| path.to_string()).collect()
    }

    /// The fields whose values rows have to bring along.
    #[must_use]
    pub fn cells(&self) -> Vec<Field> {
        let usual = |shows: &Shows| USUAL.contains(shows);
        let value = |shows| if let Shows::Value(field) = shows { Some(field) } else { None };
        self.list.iter().map(|column| column.shows).filter(|shows| !usual(shows)).filter_map(value).collect()
    }

    /// What a name stands for; a path takes a place. `None` where it is no name, or no place is free.
    fn take(&mut self, name: &str) -> Option<Shows> {
        if name == "marks" {
            return Some(Shows::Marks);
        }
        let path = match named(name)? {
            Named::Time => return Some(Shows::Time),
            Named::Field(field) => return Some(Shows::Value(field)),
            Named::Path(path) => path,
        };
        if let Some(field) = self.field(&path) {
            return Some(Shows::Value(field));
        }
        let mut places = (1..=ADDED.len()).map(|step| (self.last + step) % ADDED.len());
        let place = places.find(|place| self.paths[*place].is_empty())?;
        self.last = place;
        self.paths[place] = path.into();
        Some(Shows::Value(ADDED[place]))
    }

    /// Adds a column at the right, by the name of a field or a path; one that is there stays.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn add_column(&mut self, name: &str) -> Result<(), String> {
        if self.list.len() >= MOST {
            return Err(format!("The table has {MOST} columns. Take one out first."));
        }
        let shows = self.take(name).ok_or_else(|| self.refusal(name))?;
        if !self.has(shows) {
            self.list.push(Column { shows, width: 0 });
        }
        Ok(())
    }

    /// Adds a facet, or takes it out where it is one that was added.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn toggle_facet(&mut self, name: &str) -> Result<(), String> {
        match self.take(name) {
            Some(Shows::Value(field)) if self.facets.contains(&field) => {
                self.facets.retain(|one| *one != field);
                self.give_back();
            }
            Some(Shows::Value(field)) if !field.info().facet => self.facets.push(field),
            Some(Shows::Value(_)) => {}
            Some(_) => return Err("The histogram is the facet of the time.".to_owned()),
            None => return Err(self.refusal(name)),
        }
        Ok(())
    }

    fn refusal(&self, name: &str) -> String {
        if named(name).is_some() {
            return format!("{} paths are added. Take one out first.", ADDED.len());
        }
        format!("`{name}` is no field or path. Write it as in requestParameters.queueUrl.")
    }

    /// Takes a column out, but never the last one.
    pub fn remove(&mut self, shows: Shows) {
        if self.list.len() > 1 {
            self.list.retain(|column| column.shows != shows);
            self.give_back();
        }
    }

    /// The columns of a fresh page again; facets stay.
    pub fn make_usual(&mut self) {
        self.list = Self::default().list;
        self.give_back();
    }

    /// Frees the places of paths that are neither column nor facet.
    fn give_back(&mut self) {
        for (place, field) in ADDED.into_iter().enumerate() {
            if !self.facets.contains(&field) && !self.has(Shows::Value(field)) {
                self.paths[place] = Rc::default();
            }
        }
    }

    /// Moves a column to the place of another.
    pub fn move_to(&mut self, shows: Shows, to: usize) {
        let from = self.list.iter().position(|column| column.shows == shows);
        if let Some(from) = from.filter(|_| to < self.list.len()) {
            let column = self.list.remove(from);
            self.list.insert(to, column);
        }
    }

    /// Gives a column a width in pixels; 0 takes it back.
    pub fn resize(&mut self, shows: Shows, width: u16) {
        for column in self.list.iter_mut().filter(|column| column.shows == shows) {
            column.width = if width > 0 { width.clamp(WIDTHS.0, WIDTHS.1) } else { 0 };
        }
    }

    /// The columns for the fragment: names, with the width behind a colon. `all` says whether keys that need
    /// quotes may go in: they are more likely data than a name that AWS gave.
    pub(super) fn written(&self, all: bool) -> (String, String) {
        let (mut columns, mut facets) = (String::new(), String::new());
        let put = |out: &mut String, name: &str, width: u16| {
            if !all && name.contains('"') {
                return;
            }
            out.push_str(if out.is_empty() { "" } else { "," });
            super::fragment::encode(out, name);
            if width > 0 {
                out.push(':');
                out.push_str(&width.to_string());
            }
        };
        if !self.are_usual() {
            for column in &self.list {
                put(&mut columns, self.name_of(column.shows), column.width);
            }
        }
        for field in &self.facets {
            put(&mut facets, self.name(*field), 0);
        }
        (columns, facets)
    }

    /// Reads what [`Columns::written`] wrote; what it does not know it leaves out.
    pub(super) fn read(columns: &str, facets: &str) -> Self {
        let mut read = Self::default();
        if !columns.is_empty() {
            read.list.clear();
            for part in columns.split(',') {
                let (name, width) = part.split_once(':').unwrap_or((part, ""));
                let name = super::fragment::decode(name);
                let before = read.list.len();
                if read.add_column(&name).is_ok() && read.list.len() > before {
                    let width = width.parse().unwrap_or(0u16);
                    read.list[before].width = if width > 0 { width.clamp(WIDTHS.0, WIDTHS.1) } else { 0 };
                }
            }
            if read.list.is_empty() {
                read.list = Self::default().list;
            }
        }
        for name in facets.split(',').filter(|name| !name.is_empty()) {
            let name = super::fragment::decode(name);
            let known = read.field(&name).is_some_and(|field| read.facets.contains(&field));
            if !known {
                // One that there is no place for is left out.
                let _ = read.toggle_facet(&name);
            }
        }
        read
    }
}

/// The fields that the chooser offers, in the order of the registry, with those that are added.
#[must_use]
pub fn choosable(columns: &Columns) -> Vec<Shows> {
    let fixed = [Shows::Time, Shows::Marks];
    let fields = FIELDS.iter().map(|line| line.field);
    let added = ADDED.into_iter().filter(|field| !columns.name(*field).is_empty());
    fixed.into_iter().chain(fields.chain(added).map(Shows::Value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(columns: &Columns) -> Vec<&str> {
        columns.list().iter().map(|column| columns.name_of(column.shows)).collect()
    }

    #[test]
    fn columns_are_added_moved_and_taken_out() {
        let mut columns = Columns::default();
        assert!(columns.are_usual() && columns.cells().is_empty());
        columns.add_column("requestParameters.queueUrl").unwrap();
        columns.add_column("REQUESTPARAMETERS.queueurl").unwrap();
        columns.add_column("region").unwrap();
        columns.add_column("time").unwrap();
        assert_eq!(names(&columns)[8..], ["requestParameters.queueUrl", "awsRegion"]);
        assert_eq!(columns.cells(), [ADDED[0], Field::Region]);
        assert_eq!(columns.paths()[0], "requestParameters.queueUrl");
        columns.move_to(Shows::Value(Field::Region), 0);
        columns.move_to(Shows::Time, 99);
        columns.resize(Shows::Time, 3);
        assert_eq!(names(&columns)[..2], ["awsRegion", "time"]);
        assert_eq!(columns.list()[1].width, WIDTHS.0);
        columns.remove(Shows::Value(ADDED[0]));
        assert_eq!(columns.paths()[0], "");
        assert!(columns.add_column("a..b").unwrap_err().contains("no field or path"));
        for shows in columns.list().to_vec() {
            columns.remove(shows.shows);
        }
        assert_eq!(columns.list().len(), 1, "a table without columns could not be left again");
    }

    #[test]
    fn a_place_is_free_once_nothing_shows_its_path() {
        let mut columns = Columns::default();
        for place in 0..ADDED.len() {
            columns.toggle_facet(&format!("a.b{place}")).unwrap();
        }
        assert!(columns.toggle_facet("a.c").unwrap_err().starts_with("8 paths are added"));
        columns.add_column("a.b3").unwrap();
        columns.toggle_facet("a.b3").unwrap();
        assert!(columns.add_column("a.c").is_err(), "the column still needs it");
        columns.remove(Shows::Value(ADDED[3]));
        columns.add_column("a.c").unwrap();
        assert_eq!(columns.name(ADDED[3]), "a.c");
        columns.toggle_facet("event").unwrap();
        columns.toggle_facet("key").unwrap();
        assert_eq!(
            columns.facets().last(),
            Some(&Field::AccessKey),
            "what is a facet anyway is none of these"
        );
        assert!(columns.toggle_facet("time").is_err());
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut columns = Columns::default();
        assert_eq!(columns.written(true), Default::default());
        columns.add_column("requestParameters.users[0].name").unwrap();
        columns.add_column("tags.\"a,b:c&d=é\"").unwrap();
        columns.toggle_facet("userAgent").unwrap();
        columns.toggle_facet("tls.\"x y\"").unwrap();
        columns.toggle_facet("userIdentity.accessKeyId").unwrap();
        columns.resize(Shows::Marks, 77);
        let (list, facets) = columns.written(true);
        let back = Columns::read(&list, &facets);
        assert_eq!((names(&back), back.written(true)), (names(&columns), (list, facets)));
        let (list, facets) = columns.written(false);
        assert!(!list.contains("tags") && !facets.contains("tls"), "keys in quotes may be data");
        for (list, facets) in [("", ""), (",:,", ",,"), ("no..path:x", "a..b"), ("%zz", "%")] {
            assert!(!Columns::read(list, facets).list().is_empty());
        }
    }
}
