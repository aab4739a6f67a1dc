# Counts and sums of miniACC as the bundle acc-multiomics should hold them. Usage: Rscript --vanilla acc.R > acc.csv
suppressMessages({
  library(MultiAssayExperiment)
  library(survival)
})
stopifnot(packageVersion("MultiAssayExperiment") == "1.24.0")
data(miniACC)
line <- function(case, quantity, value) cat(sprintf("%s,%s,0,%.17g\n", case, quantity, value))
cat("case,quantity,index,value\n")

clinical <- as.data.frame(colData(miniACC))
days <- ifelse(clinical$vital_status == 1, clinical$days_to_death, clinical$days_to_last_followup)
line("subjects", "count", nrow(clinical))
line("subjects", "events", sum(clinical$vital_status))
line("subjects", "days", sum(days))
line("subjects", "age", sum(clinical$years_to_birth))
line("subjects", "stage-4", sum(clinical$pathologic_stage == "stage iv", na.rm = TRUE))
line("subjects", "nodes", sum(clinical$pathology_N_stage == "n1", na.rm = TRUE))
fit <- coxph(Surv(days, vital_status) ~ years_to_birth, data = clinical)
line("subjects", "log-hazard-ratio-age", coef(fit)[[1]])

layers <- c(rna = "RNASeq2GeneNorm", copy_number = "gistict", protein = "RPPAArray", mutation = "Mutations", mirna = "miRNASeqGene")
for (name in names(layers)) {
  e <- experiments(miniACC)[[layers[[name]]]]
  m <- if (is.matrix(e)) e else assay(e)
  if (name %in% c("rna", "mirna")) m <- log2(m + 1)
  line(name, "features", nrow(m))
  line(name, "subjects", ncol(m))
  line(name, "sum", sum(m))
  line(name, "squares", sum(m^2))
}
