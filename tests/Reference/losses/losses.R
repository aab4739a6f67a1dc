# Values and gradients of losses by R; writes losses.csv. Run in this folder: Rscript losses.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
out <- list()
put <- function(case, quantity, value) {
  value <- as.vector(value)
  out[[length(out) + 1]] <<- data.frame(case, quantity, index = seq_along(value), value = value)
}

# Cox, Efron: log-likelihood, score and martingale residuals (the derivative by each linear predictor over the weight) at a fixed coefficient.
set.seed(4)
n <- 24
time <- sample(1:8, n, replace = TRUE)
status <- rbinom(n, 1, 0.7)
x <- cbind(round(rnorm(n), 3), round(runif(n), 3))
weights <- sample(c(0.5, 1, 1.5, 2), n, replace = TRUE)
beta <- c(0.8, -1.3)
put("cox", "time", time); put("cox", "status", status); put("cox", "x1", x[, 1]); put("cox", "x2", x[, 2])
put("cox", "weights", weights); put("cox", "beta", beta)
for (weighted in c(FALSE, TRUE)) {
  w <- if (weighted) weights else rep(1, n)
  fit <- coxph(Surv(time, status) ~ x, ties = "efron", weights = w, init = beta, control = coxph.control(iter.max = 0), nocenter = NULL)
  case <- if (weighted) "cox.weighted" else "cox.plain"
  put(case, "loglik", fit$loglik[1])
  put(case, "score", colSums(as.matrix(residuals(fit, type = "score", weighted = TRUE))))
  put(case, "martingale", residuals(fit, type = "martingale"))
}

# The same over many orders of magnitude of risk: linear predictors from -20 to 20.
extreme <- seq(-20, 20, length.out = n)
fit <- coxph(Surv(time, status) ~ extreme, ties = "efron", init = 1, control = coxph.control(iter.max = 0), nocenter = NULL)
put("cox.extreme", "eta", extreme); put("cox.extreme", "loglik", fit$loglik[1]); put("cox.extreme", "martingale", residuals(fit, type = "martingale"))

# Discrete hazards: logistic regression on person-periods at fixed logits (an offset and nothing else).
m <- 12; intervals <- 4
interval <- sample(0:(intervals - 1), m, replace = TRUE); event <- rbinom(m, 1, 0.6)
logits <- matrix(round(rnorm(m * intervals, -1), 3), m)
put("hazard", "interval", interval); put("hazard", "event", event); put("hazard", "logits", t(logits))
rows <- do.call(rbind, lapply(seq_len(m), function(i) {
  last <- interval[i] + event[i]
  if (last == 0) NULL else data.frame(i, j = seq_len(last), y = as.numeric(event[i] == 1 & seq_len(last) == last))
}))
eta <- logits[cbind(rows$i, rows$j)]
fit <- glm(rows$y ~ 0 + offset(eta), family = binomial)
put("hazard", "loglik", as.numeric(logLik(fit)))
gradient <- matrix(0, m, intervals)
gradient[cbind(rows$i, rows$j)] <- residuals(fit, type = "response")
put("hazard", "score", t(gradient))

# Densities.
k <- 10
y <- round(rnorm(k, 1, 2), 3); center <- round(rnorm(k), 3); log_scale <- round(rnorm(k, 0, 0.7), 3); w <- sample(0:3, k, replace = TRUE)
put("density", "y", y); put("density", "center", center); put("density", "log.scale", log_scale); put("density", "weights", w)
put("density", "normal", -dnorm(y, center, exp(log_scale / 2), log = TRUE))
put("density", "student3", log_scale - dt((y - center) / exp(log_scale), 3, log = TRUE))
put("density", "student0.7", log_scale - dt((y - center) / exp(log_scale), 0.7, log = TRUE))

# The number that the mean pinball loss is least at is the sample quantile (type 1, inverse of the distribution function).
for (q in c(0.1, 0.5, 0.9)) put("quantile", paste0("q", q), quantile(y, q, type = 1))

table <- do.call(rbind, out)
table$value <- sprintf("%.14g", table$value)
write.csv(table, "losses.csv", row.names = FALSE, quote = FALSE)
