# Writes the data sets of R's survival package that the tests read, as they stand in the package.
# Run in this folder: Rscript export.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")

export <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, na = "NA", quote = FALSE)
}

export(survival::gbsg, "gbsg")
export(survival::rotterdam, "rotterdam")
export(survival::pbc, "pbc")
export(survival::pbcseq, "pbcseq")
export(survival::veteran, "veteran")
export(survival::lung, "lung")
