//! Numbers of several runs, as one.

/// The value that this share of the numbers does not exceed: `0.5` is the median. 0 of none.
pub fn percentile(numbers: &[f64], share: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    // Between two numbers, the point on the line from one to the other.
    let place = share * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * (place - place.floor())
}

/// The median.
pub fn median(numbers: &[f64]) -> f64 {
    percentile(numbers, 0.5)
}

/// The least and the most.
pub fn spread(numbers: &[f64]) -> (f64, f64) {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(0.0, f64::max);
    (least.min(most), most)
}

/// A number with three digits that say something: `1240`, `61.3`, `4.07`, `0.214`.
pub fn figure(number: f64) -> String {
    let decimals = match number.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.9995 => 2,
        _ => 3,
    };
    format!("{number:.decimals$}")
}

/// The median, with the spread where there was more than one run.
pub fn told(numbers: &[f64], unit: &str) -> String {
    let space = if unit.is_empty() { "" } else { " " };
    let middle = format!("{}{space}{unit}", figure(median(numbers)));
    let (least, most) = spread(numbers);
    if numbers.len() < 2 { middle } else { format!("{middle} ({}–{})", figure(least), figure(most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_numbers() {
        for (numbers, share, expected) in [
            (vec![], 0.5, 0.0),
            (vec![3.0], 0.95, 3.0),
            (vec![4.0, 1.0, 2.0, 3.0], 0.5, 2.5),
            (vec![9.0, 1.0, 5.0], 0.5, 5.0),
            (vec![0.0, 10.0], 0.95, 9.5),
            (vec![1.0, 2.0, 3.0], 1.0, 3.0),
        ] {
            assert!((percentile(&numbers, share) - expected).abs() < 1e-9, "{numbers:?} at {share}");
        }
    }

    #[test]
    fn figures_have_three_digits() {
        for (number, expected) in [
            (1240.4, "1240"),
            (99.96, "100"),
            (61.34, "61.3"),
            (4.071, "4.07"),
            (0.2144, "0.214"),
            (0.0, "0.000"),
        ] {
            assert_eq!(figure(number), expected);
        }
    }

    #[test]
    fn spread_is_told_of_several_runs() {
        assert_eq!(told(&[4.0], "s"), "4.00 s");
        assert_eq!(told(&[4.0, 5.0, 3.0], "s"), "4.00 s (3.00–5.00)");
        assert_eq!(spread(&[]), (0.0, 0.0));
    }
}
