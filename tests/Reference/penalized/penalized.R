# Penalised regressions of one simulated design, p > n: glmnet (ridge), MASS::polr, survival::coxph(ridge()).
library(glmnet); library(MASS); library(survival)
set.seed(20)
n <- 50; p <- 70
x <- matrix(round(rnorm(n * p), 4), n, p)
x <- round(scale(x), 6)
colnames(x) <- sprintf("x%02d", 1:p)
eta <- x[, 1] - 0.8 * x[, 2] + 0.6 * x[, 3]
continuous <- eta + rnorm(n)
# glmnet divides the penalty of a ridge by the standard deviation of a continuous outcome: with one of 1 that does nothing.
continuous <- (continuous - mean(continuous)) / sqrt(mean((continuous - mean(continuous))^2))
binary <- rbinom(n, 1, plogis(eta))
class <- apply(cbind(eta, -eta, x[, 4]) + matrix(rexp(3 * n), n, 3), 1, which.max) - 1
level <- as.integer(cut(eta + rlogis(n), c(-Inf, -1, 0.5, 1.5, Inf))) - 1
time <- round(ceiling(10 * rexp(n) * exp(-0.7 * eta)), 0)   # whole numbers: ties
time_untied <- round(time + seq_len(n) / 1000, 3)
event <- rbinom(n, 1, 0.7)
w <- 0.5 + (seq_len(n) %% 4) / 2
outcomes <- data.frame(continuous = sprintf("%.15g", continuous), binary, class, level, time, time_untied, event, w)
write.csv(data.frame(outcomes, x), "design.csv", row.names = FALSE, quote = FALSE)
d <- read.csv("design.csv"); x <- as.matrix(d[, colnames(x)]); continuous <- d$continuous

rows <- NULL
add <- function(case, quantity, v) rows <<- rbind(rows, data.frame(case, quantity, index = seq_along(v) - 1, value = sprintf("%.14g", v)))
glmnet.control(fdev = 0, devmax = 1)
fit <- function(case, family, y, alpha, lambda, weights = rep(1, n), factors = rep(1, p)) {
  # A path that ends at the penalty wanted. glmnet rescales weights to sum n and penalty factors to sum p.
  f <- glmnet(x, y, family, weights = weights, alpha = alpha, lambda = lambda * c(16, 8, 4, 2, 1), standardize = FALSE,
              penalty.factor = factors, thresh = 1e-22, maxit = 1e7, type.logistic = "Newton")
  b <- coef(f, s = lambda, exact = FALSE)
  if (family == "multinomial") for (k in seq_along(b)) add(case, paste0("b", k - 1), as.numeric(b[[k]]))
  else add(case, "b", as.numeric(b))
}
tied <- Surv(d$time, d$event); untied <- Surv(d$time_untied, d$event)
half <- c(rep(0.5, 10), rep(1.5, p - 10)); half <- half * p / sum(half)
add("factors", "f", half)
for (a in 0) {
  name <- function(s) paste0(s, if (a == 0) "-ridge" else "-net")
  lambda <- if (a == 0) 0.5 else 0.1
  fit(name("gaussian"), "gaussian", continuous, a, lambda)
  fit(name("binomial"), "binomial", d$binary, a, lambda)
  fit(name("binomial-weighted"), "binomial", d$binary, a, lambda, weights = d$w)
  fit(name("binomial-factors"), "binomial", d$binary, a, lambda, factors = half)
  fit(name("multinomial"), "multinomial", factor(d$class), a, lambda)
  fit(name("cox-untied"), "cox", untied, a, lambda)
  fit(name("cox-breslow"), "cox", tied, a, lambda)
  fit(name("cox-untied-weighted"), "cox", untied, a, lambda, weights = d$w)
}
# Efron ties: coxph with its ridge term of the first five features, theta = penalty on the unscaled features.
control <- coxph.control(eps = 1e-13, iter.max = 100)
e <- coxph(tied ~ ridge(x[, 1], x[, 2], x[, 3], x[, 4], x[, 5], theta = 7, scale = FALSE), weights = d$w, ties = "efron", control = control)
add("cox-efron-ridge", "b", as.numeric(coef(e)))
u <- coxph(tied ~ x[, 1:5], weights = d$w, ties = "efron", control = control)
add("cox-efron", "b", as.numeric(coef(u)))
h <- basehaz(u, centered = FALSE)
add("cox-efron", "hazard_times", h$time[h$hazard > 0 & !duplicated(h$hazard)]); add("cox-efron", "hazard", h$hazard[h$hazard > 0 & !duplicated(h$hazard)])
o <- polr(factor(level) ~ x1 + x2 + x3, data.frame(level = d$level, x1 = x[, 1], x2 = x[, 2], x3 = x[, 3]), weights = d$w,
          control = list(reltol = 1e-16, maxit = 1000))
add("polr", "b", as.numeric(coef(o))); add("polr", "thresholds", as.numeric(o$zeta)); add("polr", "deviance", deviance(o))
write.csv(rows, "penalized.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, as.character(packageVersion("glmnet")), as.character(packageVersion("MASS")), as.character(packageVersion("survival")), "\n")
