# Reference values of `digitaltwin cohort describe` on pbc. Run in this folder: Rscript summary.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
followUp <- summary(survfit(Surv(time, status != 2) ~ 1, data = pbc))$table[["median"]]
cat(sprintf(
  '{ "medianAge": %.15g, "meanBili": %.15g, "missingChol": %d, "events": %d, "medianFollowUpDays": %.15g }\n',
  median(pbc$age), mean(pbc$bili), sum(is.na(pbc$chol)), sum(pbc$status == 2), followUp), file = "pbc-summary.json")
