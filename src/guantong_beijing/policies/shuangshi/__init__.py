"""双师型教师认定: who may be recognised and how long it lasts, as report 2020 states 京教人〔2020〕11号."""
