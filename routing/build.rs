//! Unpacks the public and school holidays of `opening-hours` when the function is built, each
//! country by itself. The library unpacks those of the whole world when the first country is asked
//! for, which was two fifths of all that a cold start computed.

use std::fmt::Write;
use std::path::PathBuf;

use opening_hours::localization::Country;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    let (mut data, mut index) = (Vec::new(), String::from("["));
    for country in Country::ALL {
        let holidays = country.holidays();
        let start = data.len();
        holidays.get_public().serialize(&mut data)?;
        let middle = data.len();
        holidays.get_school().serialize(&mut data)?;
        write!(
            index,
            "Data::new(*b\"{}\", {start}..{middle}, {middle}..{}),",
            country.iso_code(),
            data.len()
        )?;
    }
    std::fs::write(folder.join("holidays.bin"), data)?;
    std::fs::write(folder.join("holidays.rs"), index + "]")?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
