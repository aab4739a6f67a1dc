# Subjects, events and follow-up of each arm of the shipped scenarios, and the crude hazard ratio, straight from the data sets.
# Run: Rscript assembly.R > assembly.csv
suppressPackageStartupMessages(library(survival))
month <- 30.4375; year <- 365.25
emit <- function(case, quantity, value) cat(sprintf("%s,%s,0,%.15g\n", case, quantity, value))
cut_at <- function(d, h) { d$event <- as.integer(d$status == 1 & d$time <= h); d$time <- pmin(d$time, h); d }
arm <- function(case, d) {
  emit(case, "subjects", nrow(d)); emit(case, "events", sum(d$event)); emit(case, "days", sum(d$time))
}
compare <- function(case, treated, control) {
  arm(paste0(case, "-treated"), treated); arm(paste0(case, "-control"), control)
  d <- rbind(cbind(treated[, c("time", "event")], z = 1), cbind(control[, c("time", "event")], z = 0))
  emit(case, "log-hazard-ratio", unname(coef(coxph(Surv(time, event) ~ z, d))))
}
cat("case,quantity,index,value\n")

g <- data.frame(time = gbsg$rfstime, status = gbsg$status, hormon = gbsg$hormon)
r <- with(rotterdam, data.frame(time = ifelse(recur == 1, rtime, dtime), status = as.integer(recur == 1 | death == 1), nodes, hormon))
h <- 84 * month
treated <- cut_at(subset(g, hormon == 1), h)
compare("gbsg", treated, cut_at(subset(r, nodes > 0 & hormon == 0), h))
compare("gbsg-reveal", treated, cut_at(subset(g, hormon == 0), h))

p <- with(pbc, data.frame(time, status = as.integer(status == 2), trt,
  known = complete.cases(age, sex, edema, bili, albumin, protime)))
h <- 8 * year
treated <- cut_at(subset(p, trt == 1 & known), h)
compare("pbc", treated, cut_at(subset(p, is.na(trt) & known), h))
compare("pbc-reveal", treated, cut_at(subset(p, trt == 2), h))

v <- with(veteran, data.frame(time, status, trt))
compare("veteran", cut_at(subset(v, trt == 2), 12 * month), cut_at(subset(v, trt == 1), 12 * month))
