"""中职学籍: registration, transfer and entry from high school, as far as report 2020 states the rules."""
