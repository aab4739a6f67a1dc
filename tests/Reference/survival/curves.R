# Reference survival curves, restricted means, log-rank tests and concordance; writes curves.csv.
# Run in this folder: Rscript curves.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
out <- list()
put <- function(case, quantity, value) {
  value <- as.vector(value)
  out[[length(out) + 1]] <<- data.frame(case, quantity, index = seq_along(value), value = value)
}

put_curve <- function(case, fit) {
  # The counts and the curve are the same whatever the interval.
  if (fit$conf.type == "plain") {
    put(case, "time", fit$time)
    put(case, "n.risk", fit$n.risk)
    put(case, "n.event", fit$n.event)
    put(case, "surv", fit$surv)
    put(case, "std.err", if (isFALSE(fit$logse)) fit$std.err else fit$std.err * fit$surv)
  }
  put(case, "lower", fit$lower)
  put(case, "upper", fit$upper)
  q <- quantile(fit, c(0.25, 0.5))
  put(case, "quantile", q$quantile)
  put(case, "quantile.lower", q$lower)
  put(case, "quantile.upper", q$upper)
}

w <- 0.25 + (seq_len(nrow(gbsg)) %% 7) / 4
for (type in c("plain", "log", "log-log")) {
  put_curve(paste0("gbsg.controls.", type),
            survfit(Surv(rfstime, status) ~ 1, gbsg[gbsg$hormon == 0, ], conf.type = type))
  put_curve(paste0("veteran.", type), survfit(Surv(time, status) ~ 1, veteran, conf.type = type))
  put_curve(paste0("gbsg.coarse.weighted.", type),
            survfit(Surv(ceiling(rfstime / 90), status) ~ 1, gbsg, weights = w, conf.type = type, robust = FALSE))
  put_curve(paste0("gbsg.coarse.robust.", type),
            survfit(Surv(ceiling(rfstime / 90), status) ~ 1, gbsg, weights = w, conf.type = type, robust = TRUE))
}
put_curve("lung.plain", survfit(Surv(time, status == 2) ~ 1, lung, conf.type = "plain"))
gbsg.year <- transform(gbsg, years = rfstime / 365.25)
for (arm in 0:1) {
  fit <- survfit(Surv(years, status) ~ 1, gbsg.year[gbsg$hormon == arm, ])
  put(paste0("gbsg.arm", arm), "years.1.2.3.5", summary(fit, times = c(1, 2, 3, 5))$surv)
  s <- summary(survfit(Surv(rfstime, status) ~ 1, gbsg[gbsg$hormon == arm, ]), rmean = 1825)$table
  put(paste0("gbsg.arm", arm), "rmst.1825", c(s["rmean"], s["se(rmean)"]))
}
for (arm in 1:2) {
  s <- summary(survfit(Surv(time / 365.25, status == 2) ~ 1, pbc[which(pbc$trt == arm), ]), rmean = 10)$table
  put(paste0("pbc.arm", arm), "rmst.10", c(s["rmean"], s["se(rmean)"]))
}
# Infinitesimal jackknife of weighted curves: residuals.survfit, squares of the weighted residuals.
for (arm in 0:1) {
  rows <- gbsg$hormon == arm
  d <- gbsg[rows, ]; d$w <- w[rows]
  fit <- survfit(Surv(rfstime, status) ~ 1, d, weights = w)
  auc <- residuals(fit, times = 1825, type = "rmst", weighted = TRUE)
  s <- summary(fit, rmean = 1825)$table
  put(paste0("gbsg.arm", arm), "weighted.rmst.1825", c(s["rmean"], sqrt(sum(auc^2))))
  p <- residuals(fit, times = 1095, type = "pstate", weighted = TRUE)
  put(paste0("gbsg.arm", arm), "weighted.surv.1095", c(summary(fit, times = 1095)$surv, sqrt(sum(p^2))))
}

logrank <- function(case, fit) {
  put(case, "chisq", fit$chisq)
  put(case, "p", 1 - pchisq(fit$chisq, length(fit$n) - 1))
  put(case, "obs", if (is.matrix(fit$obs)) rowSums(fit$obs) else fit$obs)
  put(case, "exp", if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp)
  put(case, "var", fit$var)
}
logrank("logrank.gbsg", survdiff(Surv(rfstime, status) ~ hormon, gbsg))
logrank("logrank.gbsg.rho1", survdiff(Surv(rfstime, status) ~ hormon, gbsg, rho = 1))
logrank("logrank.veteran.celltype", survdiff(Surv(time, status) ~ celltype, veteran))
logrank("logrank.veteran.strata", survdiff(Surv(time, status) ~ trt + strata(celltype), veteran))
logrank("logrank.coarse", survdiff(Surv(ceiling(rfstime / 90), status) ~ grade, gbsg, rho = 0.5))

concord <- function(case, fit) {
  put(case, "concordance", fit$concordance)
  put(case, "se", sqrt(fit$var))
  put(case, "count", fit$count)
}
full <- coxph(Surv(rfstime, status) ~ hormon + age + meno + size + grade + nodes + pgr + er, gbsg,
              control = coxph.control(eps = 1e-13, toler.chol = 1e-14))
concord("concordance.gbsg", concordance(full))
concord("concordance.coarse", concordance(Surv(ceiling(rfstime / 90), status) ~ nodes, gbsg, weights = w, reverse = TRUE))
mayo <- coxph(Surv(time, status == 2) ~ age + edema + log(bili) + log(protime) + log(albumin), pbc,
              control = coxph.control(eps = 1e-13, toler.chol = 1e-14))
concord("concordance.mayo", concordance(mayo))
concord("concordance.veteran", concordance(Surv(time, status) ~ karno, veteran))

write.csv(do.call(rbind, lapply(out, function(x) { x$value <- sprintf("%.14g", x$value); x })),
          "curves.csv", row.names = FALSE, quote = FALSE)
