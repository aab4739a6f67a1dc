# Writes the source CSV files of the shipped bundles from R's survival package. Usage: Rscript export.R FOLDER
# The manifests beside this file say where each value stands in these files. Run by make.sh.
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
folder <- commandArgs(trailingOnly = TRUE)[1]

export <- function(data, name) {
  write.csv(data, file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "", quote = FALSE)
}

# Tumour size in the three classes the Rotterdam data have.
size_class <- function(size) ifelse(size <= 20, "<=20", ifelse(size <= 50, "20-50", ">50"))

gbsg <- survival::gbsg
gbsg$size <- size_class(gbsg$size)
export(gbsg, "gbsg")

# Recurrence-free survival: the first of recurrence and death, the endpoint GBSG has.
rotterdam <- survival::rotterdam
rotterdam$rfstime <- with(rotterdam, ifelse(recur == 1, rtime, dtime))
rotterdam$rfstatus <- with(rotterdam, pmax(recur, death))
export(rotterdam, "rotterdam")

# The first 312 took part in the randomised trial of D-penicillamine; the others agreed to be followed only.
pbc <- survival::pbc
pbc$randomised <- as.integer(!is.na(pbc$trt))
stopifnot(sum(pbc$randomised) == 312)
export(pbc, "pbc")
export(survival::pbcseq, "pbcseq")

veteran <- survival::veteran
veteran$id <- seq_len(nrow(veteran))
export(veteran, "veteran")

lung <- survival::lung
lung$id <- seq_len(nrow(lung))
export(lung, "lung")
