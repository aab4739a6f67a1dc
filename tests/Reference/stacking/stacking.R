# Weights of a pool of survival curves with the least integrated Brier score, by quadratic programming; writes stacking.csv.
# Run in this folder: Rscript stacking.R
library(survival)
library(quadprog)
g <- read.csv("../data/gbsg.csv")
until <- unname(quantile(g$rfstime, 0.9))
grid <- until * (0:50) / 50

# Three forecasts written down without a fit: by nodes, by hormone therapy and grade, and too gloomy for everybody.
curves <- list(
  outer(exp(0.04 * (g$nodes - 5)), grid / 3200, function(r, t) exp(-t * r)),
  outer(exp(0.6 * (g$grade - 2) - 0.4 * g$hormon), (grid / 2900)^1.3, function(r, t) exp(-t * r)),
  outer(rep(1, nrow(g)), grid / 1100, function(r, t) exp(-t * r)))

# Censoring by Kaplan-Meier; at one time events come before censoring, so that censored times, which are whole days, are put a quarter of a day later.
shifted <- ifelse(g$status == 1, g$rfstime, g$rfstime + 0.25)
fit <- survfit(Surv(shifted, 1 - g$status) ~ 1)
followed <- stepfun(fit$time, c(1, fit$surv))
after <- followed(floor(grid) + 0.5)
before <- followed(g$rfstime - 0.5)
share <- c(0.5, rep(1, 49), 0.5) / 50

free <- outer(g$rfstime, grid, ">")
weight <- sweep(free, 2, share / after, "*") + sweep((!free) * (g$status / before), 2, share, "*")
score <- sapply(curves, function(s) mean(rowSums(weight * (s - free)^2)))
gram <- function(w) sapply(curves, function(a) sapply(curves, function(b) sum(w * (a - free) * (b - free))))

# Simplex: sum 1, none below 0. On it the error of the pool is w' G w.
best <- function(G) solve.QP(G, rep(0, 3), cbind(1, diag(3)), c(1, 0, 0, 0), meq = 1)$solution
put <- function(case, quantity, value) data.frame(case, quantity, index = seq_along(value), value = sprintf("%.14g", value))
write.csv(rbind(
  put("gbsg", "score", score),
  put("gbsg", "weights", best(gram(weight))),
  put("gbsg", "weights.first400", best(gram(weight * (seq_len(nrow(g)) <= 400))))), "stacking.csv", row.names = FALSE, quote = FALSE)
