# Writes the source CSV files of the bundle acc-multiomics from miniACC of Debian's r-bioc-multiassayexperiment: one of subjects, one of
# each omics layer. Usage: Rscript export-acc.R FOLDER. Run by make.sh.
suppressMessages({
  library(MultiAssayExperiment)
  library(SummarizedExperiment)
})
stopifnot(packageVersion("MultiAssayExperiment") == "1.24.0")
folder <- commandArgs(trailingOnly = TRUE)[1]
data(miniACC)

export <- function(data, name) {
  write.csv(data[order(data$patientID), ], file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "", quote = FALSE)
}

clinical <- as.data.frame(colData(miniACC))
subjects <- clinical[, c("patientID", "years_to_birth", "gender", "pathologic_stage", "pathology_T_stage", "pathology_N_stage")]
subjects$death <- as.integer(clinical$vital_status)
subjects$days <- ifelse(subjects$death == 1, clinical$days_to_death, clinical$days_to_last_followup)
stopifnot(nrow(subjects) == 92, sum(subjects$death) == 34, !anyNA(subjects$days))
export(subjects, "acc-subjects")

# RNA and micro RNA are counts after normalisation: log2(x + 1), rounded so that a bundle is not mostly noise digits.
counts <- function(x) round(log2(x + 1), 4)
as_they_are <- function(x) round(x, 4)
layers <- list(
  rna = list(assay = "RNASeq2GeneNorm", transform = counts),
  copy_number = list(assay = "gistict", transform = as_they_are),
  protein = list(assay = "RPPAArray", transform = as_they_are),
  mutation = list(assay = "Mutations", transform = as_they_are),
  mirna = list(assay = "miRNASeqGene", transform = counts))
samples <- as.data.frame(sampleMap(miniACC))
for (name in names(layers)) {
  assay_name <- layers[[name]]$assay
  experiment <- experiments(miniACC)[[assay_name]]
  values <- if (is.matrix(experiment)) experiment else assay(experiment)
  patient <- samples$primary[match(paste(assay_name, colnames(values)), paste(samples$assay, samples$colname))]
  stopifnot(!anyNA(patient), !anyDuplicated(patient), !anyNA(values))
  export(data.frame(patientID = patient, t(layers[[name]]$transform(values)), check.names = FALSE), paste0("acc-", name))
}
