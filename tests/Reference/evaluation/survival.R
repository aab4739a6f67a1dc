# Uno's and Antolini's concordance, the integrated Brier score with the censoring of training subjects, and D-calibration;
# writes survival.csv and the predictions they are of, predictions.csv. Run in this folder: Rscript survival.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
out <- list()
put <- function(case, quantity, value) {
  value <- as.vector(value)
  out[[length(out) + 1]] <<- data.frame(case, quantity, index = seq_along(value), value = value)
}

# Trained on the first 400 rows of gbsg, judged on the others; a stratified fit, so that the curves cross.
train <- gbsg[1:400, ]
test <- gbsg[401:686, ]
fit <- coxph(Surv(rfstime, status) ~ nodes + pgr + strata(grade > 2), train)
risk <- predict(fit, newdata = test, type = "lp", reference = "zero")
grid <- c(0, seq(150, 2100, by = 150))
# survfit gives the curves of both strata one after another: a subject's own is the one of its grade.
surv <- t(sapply(seq_len(nrow(test)), function(i) {
  both <- summary(survfit(fit, newdata = test[i, ]), times = grid, extend = TRUE)$surv
  matrix(both, ncol = 2)[, 1 + (test$grade[i] > 2)]
}))
write.csv(data.frame(time = test$rfstime, event = test$status, risk = sprintf("%.15g", risk),
                     apply(round(surv, 6), 2, function(x) sprintf("%.6f", x))), "predictions.csv", row.names = FALSE, quote = FALSE)
surv <- round(surv, 6)

# survival's own Uno weights take the censoring of the subjects judged.
put("gbsg", "uno.own", concordance(Surv(rfstime, status) ~ risk, test, timewt = "n/G2", reverse = TRUE)$concordance)
put("gbsg", "uno.own.until", concordance(Surv(rfstime, status) ~ risk, test, timewt = "n/G2", reverse = TRUE, ymax = 1500)$concordance)

# With the censoring of training, from the definition (Uno 2011), over all pairs; events come before censoring at one time.
g <- survfit(Surv(rfstime + ifelse(status == 1, 0, 0.25), status == 0) ~ 1, train)
before <- function(t) c(1, g$surv)[findInterval(t, g$time, left.open = TRUE) + 1]
after <- function(t) c(1, g$surv)[findInterval(t + 0.5, g$time) + 1]
later <- function(i) test$rfstime > test$rfstime[i] | (test$rfstime == test$rfstime[i] & test$status == 0)
events <- which(test$status == 1)
num <- den <- 0
for (i in events) {
  w <- 1 / before(test$rfstime[i])^2
  j <- later(i)
  num <- num + w * sum((risk[i] > risk[j]) + 0.5 * (risk[i] == risk[j]))
  den <- den + w * sum(j)
}
put("gbsg", "uno.train", num / den)

# Antolini 2005 over all pairs; a curve keeps its value until the next time of the grid.
at <- function(t) findInterval(t, grid)
num <- den <- 0
for (i in events) {
  j <- later(i)
  own <- surv[i, at(test$rfstime[i])]
  other <- surv[j, at(test$rfstime[i])]
  num <- num + sum((own < other) + 0.5 * (own == other))
  den <- den + sum(j)
}
put("gbsg", "antolini", num / den)

# Graf 1999 with the training subjects' censoring, trapezoidal mean over the grid to 1800 days.
g.grid <- grid[grid <= 1800]
brier <- sapply(seq_along(g.grid), function(k) {
  t <- g.grid[k]
  w <- ifelse(test$rfstime > t, 1 / after(t), ifelse(test$status == 1, 1 / before(test$rfstime), 0))
  mean(w * ((test$rfstime > t) - surv[, k])^2)
})
put("gbsg", "brier.train", brier)
put("gbsg", "ibs.train", sum(diff(g.grid) * (head(brier, -1) + tail(brier, -1)) / 2) / diff(range(g.grid)))

# Haider 2020: the share of [0, S] that falls in each tenth, S the survival at the end of follow-up; chi-square against equal counts.
end <- surv[cbind(seq_len(nrow(test)), at(test$rfstime))]
share <- sapply(0:9 / 10, function(low) ifelse(
  test$status == 1,
  as.numeric(end >= low & (end < low + 0.1 | (low == 0.9 & end == 1))),
  pmax(0, pmin(end, low + 0.1) - low) / end))
counts <- colSums(share)
put("gbsg", "dcal.counts", counts)
test.counts <- chisq.test(counts)
put("gbsg", "dcal", c(test.counts$statistic, test.counts$p.value))

write.csv(do.call(rbind, lapply(out, function(x) { x$value <- sprintf("%.14g", x$value); x })),
          "survival.csv", row.names = FALSE, quote = FALSE)
