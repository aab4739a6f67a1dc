# Reference prediction measures, written out from their definitions on survival primitives; writes performance.csv.
# Cumulative/dynamic AUC: Uno et al. 2007, all case-control pairs. Brier score: Graf et al. 1999. Calibration: Crowson et al. 2016.
# Proportional hazards: cox.zph. Run in this folder: Rscript performance.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
tight <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
out <- list()
put <- function(case, quantity, value) {
  value <- as.vector(value)
  out[[length(out) + 1]] <<- data.frame(case, quantity, index = seq_along(value), value = value)
}

# Probability of being followed; at one time events come before censoring, so censoring moves a little later
# (survfit treats times closer than about 1e-8 of themselves as one).
followed <- function(time, status) {
  gap <- min(diff(sort(unique(time))))
  g <- survfit(Surv(time + ifelse(status, 0, 0.4 * gap), !status) ~ 1)
  list(before = function(t) c(1, g$surv)[findInterval(t, g$time, left.open = TRUE) + 1],
       after = function(t) c(1, g$surv)[findInterval(t + 0.5 * gap, g$time) + 1])
}

auc <- function(time, status, score, t) {
  g <- followed(time, status)
  case <- which(status & time <= t)
  control <- which(time > t)
  agree <- outer(score[case], score[control], function(a, b) (a > b) + 0.5 * (a == b))
  w <- 1 / g$before(time[case])
  sum(w * rowSums(agree)) / (sum(w) * length(control))
}

brier <- function(time, status, surv, t) {
  g <- followed(time, status)
  w <- ifelse(time > t, 1 / g$after(t), ifelse(status, 1 / g$before(time), 0))
  mean(w * ((time > t) - surv)^2)
}

measure <- function(case, fit, data, time, status, grid) {
  lp <- predict(fit, type = "lp")
  surv <- t(summary(survfit(fit, newdata = data), times = grid)$surv)
  put(case, "auc", sapply(grid, function(t) auc(time, status, lp, t)))
  b <- sapply(seq_along(grid), function(k) brier(time, status, surv[, k], grid[k]))
  put(case, "brier", b)
  put(case, "ibs", sum(diff(grid) * (head(b, -1) + tail(b, -1)) / 2) / diff(range(grid)))
}

mayo <- coxph(Surv(time, status == 2) ~ age + edema + log(bili) + log(protime) + log(albumin), pbc, control = tight)
p <- pbc[!is.na(pbc$protime), ]
measure("pbc.mayo", mayo, p, p$time, p$status == 2, c(365, 1000, 2000, 3000))
coarse <- transform(gbsg, quarter = ceiling(rfstime / 90))
fit <- coxph(Surv(quarter, status) ~ nodes, coarse, control = tight)
measure("gbsg.coarse", fit, coarse, coarse$quarter, coarse$status == 1, c(4, 8, 12, 20))

# A model of the Rotterdam subjects judged on gbsg.
rott <- rotterdam[rotterdam$nodes > 0, ]
rott$rfs <- ifelse(rott$recur == 1, rott$rtime, rott$dtime)
rott$ev <- pmax(rott$recur, rott$death)
model.nodes <- coxph(Surv(rfs, ev) ~ nodes + pgr, rott, control = tight)
lp <- predict(model.nodes, newdata = gbsg, type = "lp")
slope <- coxph(Surv(rfstime, status) ~ lp, gbsg, control = tight)
put("rotterdam.on.gbsg", "slope", c(coef(slope), sqrt(vcov(slope))))
expected <- predict(model.nodes, newdata = transform(gbsg, rfs = rfstime, ev = status), type = "expected")
# Follow-up shorter than the first Rotterdam event expects nothing; such a row adds nothing to either sum.
stopifnot(!any(gbsg$status[expected == 0] == 1))
g <- glm(status ~ offset(log(expected)), family = poisson, gbsg, subset = expected > 0, epsilon = 1e-14)
put("rotterdam.on.gbsg", "intercept", c(coef(g), sqrt(vcov(g))))

zph <- function(case, fit, transform) {
  z <- cox.zph(fit, transform = transform)
  put(case, paste0("zph.", transform), z$table[, "chisq"])
}
adjusted <- coxph(Surv(rfstime, status) ~ hormon + age + meno + size + grade + nodes + pgr + er, gbsg, control = tight)
veterans <- coxph(Surv(time, status) ~ trt + karno + age, veteran, control = tight)
for (transform in c("km", "identity", "log")) {
  zph("gbsg.adjusted", adjusted, transform)
  zph("veteran", veterans, transform)
}

write.csv(do.call(rbind, lapply(out, function(x) { x$value <- sprintf("%.14g", x$value); x })),
          "performance.csv", row.names = FALSE, quote = FALSE)
